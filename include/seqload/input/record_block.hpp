#pragma once

// Records that follow one another, with their text and their cells: what is handed
// from the thread that cuts them to the one that reads them. Its memory is taken
// once and used again and again.

#include "seqload/input/record.hpp"
#include "seqload/input/row_outline.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace seqload::input {

class RecordBlock {
public:
    // Large enough that handing it over costs nothing, small enough that what one
    // core wrote is still near when the other reads it.
    static constexpr std::size_t text_bytes = std::size_t{128} << 10U;

    // Behind the text so many bytes may be read, whatever they are.
    static constexpr std::size_t bytes_behind = 64;

    RecordBlock();

    // For whoever reads it; views are valid until clear().
    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    Record record(std::size_t index) const;

    // For whoever fills it.

    void clear();

    // No more should be put into it, though it might still fit.
    bool is_full() const { return is_full_ || room() < least_room; }
    void set_full() { is_full_ = true; }

    // Where text may be written that is kept afterwards or not, and how much of it.
    char* text_end() { return text_.get() + text_size_; }
    std::size_t room() const { return text_bytes - text_size_; }
    void keep_text(std::size_t size) { text_size_ += size; }

    // Copies text of any size, with a NUL behind it.
    char* append(std::string_view text);

    // Cells of the record that ends next. A record may be given up instead.
    void add_cell(std::string_view cell) { cells_.push_back(cell); }
    std::vector<std::string_view>& cells() { return cells_; }
    std::size_t open_cells() const { return cells_.size() - first_open_; }
    void drop_open_cells() { cells_.resize(first_open_); }
    void end_record(std::uint64_t line, RecordProblem problem);

    // Of the records in order, once all are there.
    void add_outline(const RowOutline& outline) { outlines_.push_back(outline); }

private:
    static constexpr std::size_t least_room = std::size_t{4} << 10U;

    struct Entry {
        std::uint64_t line;
        std::uint32_t cells_end;
        RecordProblem problem;
    };

    std::unique_ptr<char[]> text_;
    std::size_t text_size_ = 0;
    std::vector<std::unique_ptr<char[]>> large_texts_;
    std::vector<std::string_view> cells_;
    std::size_t first_open_ = 0;  // the cells from here on are of no record yet
    std::vector<Entry> entries_;
    std::vector<RowOutline> outlines_;  // one for each, or for none
    bool is_full_ = false;
};

}  // namespace seqload::input

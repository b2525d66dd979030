#pragma once

// Records that follow one another, with their text and their cells: what is handed
// from the thread that cuts them to the one that reads them. Its memory is taken
// once and used again and again.

#include "seqload/input/record.hpp"
#include "seqload/input/row_outline.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
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

    // For whoever reads it; what a record refers to is valid until clear().
    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    Record record(std::size_t index) const {
        Record record;
        get(index, record);
        return record;
    }
    // The same, for each of very many: a record that was put together elsewhere would be
    // copied in larger pieces than it was written in, for which the processor waits.
    void get(std::size_t index, Record& record) const {
        const Entry& entry = entries_[index];
        const std::size_t begin = index == 0 ? 0 : entries_[index - 1].cells_end;
        record.line = entry.line;
        record.problem = entry.problem;
        record.cells = std::span(cells_).subspan(begin, entry.cells_end - begin);
        record.outline = outlines_.empty() ? nullptr : &outlines_[index];
    }

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
    void end_record(std::uint64_t line, RecordProblem problem) {
        first_open_ = cells_.size();
        entries_.push_back({line, static_cast<std::uint32_t>(first_open_), problem});
    }

    // Once all records are there: one for each, which says nothing yet. Filled in where
    // they lie, for copying what was just written in smaller pieces stalls the processor.
    std::span<RowOutline> add_outlines() {
        outlines_.resize(entries_.size());
        return outlines_;
    }

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

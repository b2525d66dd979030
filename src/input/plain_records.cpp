#include "seqload/input/plain_records.hpp"

#include "seqload/input/byte_masks.hpp"
#include "seqload/input/text_encoding.hpp"

#include <bit>
#include <cstring>

namespace seqload::input {

namespace {

std::string_view without_outer_spaces(const char* begin, const char* end, bool tabs_separate) {
    const auto is_space = [tabs_separate](char character) {
        return character == ' ' || (character == '\t' && !tabs_separate);
    };
    while (begin != end && is_space(*begin))
        ++begin;
    while (begin != end && is_space(end[-1]))
        --end;
    return {begin, end};
}

class PlainCutter {
public:
    PlainCutter(std::string_view text, char separator, RecordBlock& block, std::uint64_t& line)
        : text_(text.substr(0, block.room())),
          copy_(block.text_end()),
          separator_(separator),
          block_(block),
          line_(line),
          record_(copy_),
          cell_(copy_) {}

    // Whether all of the text was seen, and nothing odd in it.
    bool run() {
        for (std::size_t position = 0; position < text_.size(); position += ByteMasks::width) {
            copy_up_to(position + ByteMasks::width + 1);
            const ByteMasks masks = masks_of(copy_ + position, separator_);
            std::uint64_t within = ~std::uint64_t{0};
            if (text_.size() - position < ByteMasks::width)
                within = (std::uint64_t{1} << (text_.size() - position)) - 1;
            if (masks.beyond_ascii != 0)
                ascii_from_ = copy_ + position + ByteMasks::width;
            const std::uint64_t odd = masks.odd & within;
            if (odd != 0)
                within = (std::uint64_t{1} << std::countr_zero(odd)) - 1;
            if (!cut(position, (masks.separators | masks.line_feeds) & within, masks.line_feeds) ||
                odd != 0)
                return false;
        }
        return true;
    }

    std::size_t bytes() const { return static_cast<std::size_t>(record_ - copy_); }

private:
    // By steps, for it is no use to copy what stands behind something odd.
    void copy_up_to(std::size_t position) {
        constexpr std::size_t step = 2048;
        if (position <= copied_ || copied_ == text_.size())
            return;
        const std::string_view next = text_.substr(copied_, step);
        // Not memcpy, which GCC would make one slow instruction of for so few bytes.
        std::memmove(copy_ + copied_, next.data(), next.size());
        copied_ += next.size();
        if (copied_ == text_.size())
            std::memset(copy_ + copied_, 0, RecordBlock::bytes_behind);
    }

    bool cut(std::size_t position, std::uint64_t breaks, std::uint64_t line_feeds) {
        for (; breaks != 0; breaks &= breaks - 1) {
            const int bit = std::countr_zero(breaks);
            const char* const at = copy_ + position + bit;
            if ((line_feeds >> bit & 1U) == 0) {
                end_cell(at);
            } else if (!end_record(at)) {
                return false;
            }
            cell_ = at + 1;
        }
        return true;
    }

    void end_cell(const char* end) {
        block_.add_cell(without_outer_spaces(cell_, end, separator_ == '\t'));
    }

    bool end_record(const char* line_feed) {
        const char* const end =
            line_feed != record_ && line_feed[-1] == '\r' ? line_feed - 1 : line_feed;
        const std::string_view record(record_, end);
        if (record.size() > most_record_bytes ||
            (record_ < ascii_from_ && valid_utf8_prefix(record) != record.size()))
            return false;
        end_cell(end);
        if (block_.open_cells() == 1 && block_.cells().back().empty())
            block_.drop_open_cells();  // a blank line
        else
            block_.end_record(line_, RecordProblem::none);
        ++line_;
        record_ = line_feed + 1;
        return true;
    }

    std::string_view text_;
    char* copy_;  // of the text's beginning, in the block
    std::size_t copied_ = 0;
    char separator_;
    RecordBlock& block_;
    std::uint64_t& line_;
    const char* record_;                // where the record that is being cut begins
    const char* cell_;                  // its cell likewise
    const char* ascii_from_ = nullptr;  // what has been seen from here on is ASCII
};

}  // namespace

PlainStretch cut_plain_records(std::string_view text, char separator, RecordBlock& block,
                               std::uint64_t& line) {
    PlainCutter cutter(text, separator, block, line);
    const bool seen_all = cutter.run();
    block.drop_open_cells();
    block.keep_text(cutter.bytes());
    return {cutter.bytes(), !seen_all};
}

}  // namespace seqload::input

#include "seqload/input/record_block.hpp"

#include <cstring>

namespace seqload::input {

RecordBlock::RecordBlock()
    : text_(std::make_unique_for_overwrite<char[]>(text_bytes + bytes_behind)) {}

void RecordBlock::clear() {
    text_size_ = 0;
    large_texts_.clear();
    cells_.clear();
    first_open_ = 0;
    entries_.clear();
    outlines_.clear();
    is_full_ = false;
}

char* RecordBlock::append(std::string_view text) {
    char* copy = text_end();
    if (text.size() < room()) {
        keep_text(text.size() + 1);
    } else {
        copy = large_texts_.emplace_back(std::make_unique_for_overwrite<char[]>(text.size() + 1))
                   .get();
        is_full_ = true;
    }
    std::memcpy(copy, text.data(), text.size());
    copy[text.size()] = '\0';
    return copy;
}

}  // namespace seqload::input

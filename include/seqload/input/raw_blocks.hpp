#pragma once

// A pass over a file's raw bytes, MiB by MiB, each held against the fingerprint
// before anyone sees it.

#include "seqload/base/error.hpp"
#include "seqload/input/input_file.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace seqload::input {

class RawBlocks {
public:
    // The file must outlive this object.
    explicit RawBlocks(InputFile& file);
    RawBlocks(RawBlocks&&) noexcept;
    ~RawBlocks();

    // The next bytes, valid until the next call; empty at the end.
    // Errors: changed_input, unusable_input (it cannot be read).
    Result<std::string_view> next();

    // How many bytes next() has given so far.
    std::uint64_t offset() const { return offset_; }

    const std::string& file_name() const { return file_->name(); }

private:
    struct Digest;  // of the bytes so far; hides xxhash.h

    InputFile* file_;
    std::unique_ptr<char[]> buffer_;
    std::unique_ptr<Digest> digest_;  // empty where the whole is known already
    std::uint64_t offset_ = 0;
    bool at_end_ = false;
};

}  // namespace seqload::input

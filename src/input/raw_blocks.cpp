#include "seqload/input/raw_blocks.hpp"

#include <new>

#include <xxhash.h>

namespace seqload::input {

struct RawBlocks::Digest {
    Digest() : state(XXH3_createState()) {
        if (state == nullptr)
            throw std::bad_alloc();
        XXH3_128bits_reset(state);
    }
    ~Digest() { XXH3_freeState(state); }
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    std::array<std::uint64_t, 2> value() const {
        const XXH128_hash_t hash = XXH3_128bits_digest(state);
        return {hash.high64, hash.low64};
    }

    XXH3_state_t* state;
};

RawBlocks::RawBlocks(InputFile& file)
    : file_(&file),
      buffer_(std::make_unique_for_overwrite<char[]>(Fingerprint::block_size)),
      digest_(file.fingerprint().complete ? nullptr : std::make_unique<Digest>()) {}

RawBlocks::RawBlocks(RawBlocks&&) noexcept = default;
RawBlocks::~RawBlocks() = default;

Result<std::string_view> RawBlocks::next() {
    if (at_end_)
        return std::string_view();
    const auto size = file_->read_at(offset_, buffer_.get(), Fingerprint::block_size);
    if (!size)
        return std::unexpected(size.error());
    const std::string_view block(buffer_.get(), *size);
    at_end_ = *size < Fingerprint::block_size;
    if (!block.empty()) {
        if (auto same = file_->check_block(offset_ / Fingerprint::block_size, block); !same)
            return std::unexpected(std::move(same.error()));
        if (digest_)
            XXH3_128bits_update(digest_->state, block.data(), block.size());
        offset_ += block.size();
    }
    if (at_end_) {
        const auto whole = digest_ ? digest_->value() : file_->fingerprint().whole;
        if (auto same = file_->check_end(offset_, whole); !same)
            return std::unexpected(std::move(same.error()));
    }
    return block;
}

}  // namespace seqload::input

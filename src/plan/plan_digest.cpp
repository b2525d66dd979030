#include "seqload/plan/plan_digest.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

#include <xxhash.h>

namespace seqload::plan {

// Bytes are gathered before they are hashed: a call for each few of them would cost
// more than the hash.
struct PlanDigest::State {
    State() : hash(XXH3_createState()) {
        if (hash == nullptr)
            throw std::bad_alloc();
        XXH3_128bits_reset(hash);
    }
    ~State() { XXH3_freeState(hash); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void hash_gathered() {
        XXH3_128bits_update(hash, gathered.data(), size);
        size = 0;
    }

    void make_room(std::size_t count) {
        if (gathered.size() - size < count)
            hash_gathered();
    }

    void add(const void* bytes, std::size_t count) {
        std::memcpy(gathered.data() + size, bytes, count);
        size += count;
    }

    // Big-endian, so that every machine has the same digest.
    void add(std::uint32_t number) {
        std::array<std::uint8_t, 4> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(number >> (8 * (bytes.size() - 1 - i)) & 0xFFU);
        add(bytes.data(), bytes.size());
    }

    XXH3_state_t* hash;
    std::array<std::uint8_t, 4096> gathered{};
    std::size_t size = 0;
};

PlanDigest::PlanDigest() : state_(std::make_unique<State>()) {}
PlanDigest::~PlanDigest() = default;

void PlanDigest::take(const Row& row) {
    constexpr std::size_t most_without_label = 3 * sizeof(std::uint32_t) + Id::size;
    state_->make_room(most_without_label);
    state_->add(row.number);
    state_->add(row.target);
    // A contact's label is empty, a label's contact all zeros: neither reads as the other.
    state_->add(static_cast<std::uint32_t>(row.label.size()));
    if (row.is_label()) {
        state_->hash_gathered();
        XXH3_128bits_update(state_->hash, row.label.data(), row.label.size());
    }
    state_->add(row.contact.bytes().data(), Id::size);
}

std::string PlanDigest::text() const {
    state_->hash_gathered();
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->hash));
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : canonical.digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

}  // namespace seqload::plan

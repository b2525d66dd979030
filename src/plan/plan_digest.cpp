#include "seqload/plan/plan_digest.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>

#include <xxhash.h>

namespace seqload::plan {

struct PlanDigest::State {
    State() : hash(XXH3_createState()) {
        if (hash == nullptr)
            throw std::bad_alloc();
        XXH3_128bits_reset(hash);
    }
    ~State() { XXH3_freeState(hash); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void add(const void* bytes, std::size_t count) { XXH3_128bits_update(hash, bytes, count); }

    // Big-endian, so that every machine has the same digest.
    void add(std::uint32_t number) {
        std::array<std::uint8_t, 4> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(number >> (8 * (bytes.size() - 1 - i)) & 0xFFU);
        add(bytes.data(), bytes.size());
    }

    XXH3_state_t* hash;
};

PlanDigest::PlanDigest() : state_(std::make_unique<State>()) {}
PlanDigest::~PlanDigest() = default;

void PlanDigest::take(const Row& row) {
    state_->add(row.number);
    state_->add(row.target);
    // A contact's label is empty, a label's contact all zeros: neither reads as the other.
    state_->add(static_cast<std::uint32_t>(row.label.size()));
    state_->add(row.label.data(), row.label.size());
    state_->add(row.contact.bytes().data(), Id::size);
}

std::string PlanDigest::text() const {
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

#pragma once

// Numbers for the cells that name a row's target. Rows mostly repeat what another row
// said; whoever knows the number need not look at the text again.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::input {

struct TargetKey {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t number = none;  // below TargetKeys::most; none: too long to be remembered
    bool is_new = true;           // from here on the number means these cells, and no others

    bool operator==(const TargetKey&) const = default;
};

class TargetKeys {
public:
    // Remembered at most; then all are forgotten and the numbers given anew. Where nearly
    // every row has a target of its own, remembering helps nobody and must not cost memory
    // for ever.
    static constexpr std::uint32_t most = 1U << 16U;

    // places: which of a record's cells name the target. seed: drawn at random for each pass,
    // so that nobody can write one whose cells all fall on one place; numbers do not depend on it.
    TargetKeys(std::vector<std::uint32_t> places, std::uint64_t seed);

    // The same number as for earlier cells that are the same byte for byte, else a new one.
    TargetKey find(std::span<const std::string_view> cells);

    // Memory held.
    std::size_t bytes() const;

private:
    struct Known {
        std::uint64_t hash;
        std::uint32_t begin;  // of its text
    };

    std::uint64_t hash_of(std::span<const std::string_view> cells) const;
    bool is_text_of(const Known& known, std::span<const std::string_view> cells) const;
    bool has_room(std::size_t text_size) const;
    void forget();
    void grow();
    std::uint32_t& empty_slot(std::uint64_t hash);

    std::vector<std::uint32_t> places_;
    std::uint64_t seed_;
    std::vector<Known> known_;          // by number
    std::vector<std::uint32_t> slots_;  // number + 1, by hash; 0: empty
    std::string texts_;
};

}  // namespace seqload::input

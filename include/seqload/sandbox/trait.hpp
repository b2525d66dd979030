#pragma once

// What keeps a contact from being added to a sequence, as an attribute of the
// contact itself: one trait for each reason that Apollo gives (facts.md,
// "The answer").

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace seqload::sandbox {

enum class Trait : std::uint8_t {
    unsubscribed,
    already_in_sequence,  // a member from the start: the world holds the membership itself
    no_email,
    unverified_email,
    unverified_user_managed,  // the address was typed in by a user and never checked
    job_change,
    active_elsewhere,
    finished_elsewhere,
    colleague_in_sequence,  // somebody of the same company is in every sequence
    owned_by_other,
    pending,  // queued for processing
};

inline constexpr std::size_t trait_count = 11;

// The names used in world files, in the order of the enumerators. It is also the order in which the
// shares of a generated block are dealt out.
inline constexpr std::array<std::string_view, trait_count> trait_names{
    "unsubscribed",
    "already_in_sequence",
    "no_email",
    "unverified_email",
    "unverified_user_managed",
    "job_change",
    "active_elsewhere",
    "finished_elsewhere",
    "colleague_in_sequence",
    "owned_by_other",
    "pending",
};

class Traits {
public:
    bool has(Trait trait) const { return bits_.test(static_cast<std::size_t>(trait)); }
    void set(Trait trait) { bits_.set(static_cast<std::size_t>(trait)); }

    bool operator==(const Traits&) const = default;

private:
    std::bitset<trait_count> bits_;
};

}  // namespace seqload::sandbox

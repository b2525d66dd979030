#pragma once

// Stops a run that is going wrong (spec.md, --max-failed, --max-skipped). Told
// what became of rows as answers come in. Pure.
//
// Shares are of the rows answered so far, and judged from 100 of them on, for
// the first few say nothing; numbers are absolute. A label counts as one row.

#include "seqload/model/outcome.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seqload::dispatch {

// How much of something is put up with: so many rows, or a share of them.
struct Tolerance {
    bool is_share = false;
    double amount = 0;  // rows, or percent

    // Whether it is more than that.
    bool exceeded(std::uint64_t rows, std::uint64_t answered) const;

    bool operator==(const Tolerance&) const = default;
};

// "5%", "0.5%", "20"; nullopt for anything else, and for more than 100%.
std::optional<Tolerance> parse_tolerance(std::string_view text);
std::string to_text(const Tolerance& tolerance);

class Brake {
public:
    static constexpr std::uint64_t judged_from = 100;

    struct Limits {
        std::optional<Tolerance> failed;
        std::optional<Tolerance> skipped;
    };

    explicit Brake(Limits limits) : limits_(limits) {}

    void take(std::span<const Outcome> outcomes);

    // Why the run must stop, for a person; nullopt: it goes on.
    std::optional<std::string> verdict() const;

    // Whether Apollo knows not one of the contacts so far, and there were enough of
    // them to tell: most often these are ids of people, not of contacts (facts.md).
    bool knows_nobody() const { return answered_ >= judged_from && unknown_ == answered_; }

private:
    std::string described(std::uint64_t rows, std::string_view what,
                          const Tolerance& tolerance) const;

    Limits limits_;
    std::uint64_t answered_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t skipped_ = 0;
    std::uint64_t unknown_ = 0;  // skipped as contact_not_found
};

}  // namespace seqload::dispatch

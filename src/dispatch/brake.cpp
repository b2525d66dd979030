#include "seqload/dispatch/brake.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <charconv>
#include <cmath>

namespace seqload::dispatch {

namespace {

constexpr double percent = 100;  // of the whole

// Was a request made about it, and is it over?
bool is_answered(RowStatus status) {
    switch (status) {
        case RowStatus::added:
        case RowStatus::already_in_sequence:
        case RowStatus::skipped:
        case RowStatus::failed:
        case RowStatus::unconfirmed:
            return true;
        default:
            return false;
    }
}

}  // namespace

bool Tolerance::exceeded(std::uint64_t rows, std::uint64_t answered) const {
    const auto count = static_cast<double>(rows);
    if (!is_share)
        return count > amount;
    return answered >= Brake::judged_from &&
           percent * count > amount * static_cast<double>(answered);
}

std::optional<Tolerance> parse_tolerance(std::string_view text) {
    Tolerance tolerance;
    tolerance.is_share = text.ends_with('%');
    if (tolerance.is_share)
        text.remove_suffix(1);
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos)
        return std::nullopt;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), tolerance.amount);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    if (tolerance.is_share ? tolerance.amount > percent
                           : std::floor(tolerance.amount) != tolerance.amount)
        return std::nullopt;
    return tolerance;
}

std::string to_text(const Tolerance& tolerance) {
    char text[32];
    const auto written = std::to_chars(std::begin(text), std::end(text), tolerance.amount);
    return std::string(std::begin(text), written.ptr) + (tolerance.is_share ? "%" : "");
}

void Brake::take(std::span<const Outcome> outcomes) {
    for (const Outcome& outcome : outcomes) {
        if (!is_answered(outcome.status))
            continue;
        ++answered_;
        if (outcome.status == RowStatus::failed)
            ++failed_;
        if (outcome.status == RowStatus::skipped) {
            ++skipped_;
            if (outcome.reason == reason::contact_not_found)
                ++unknown_;
        }
    }
}

std::optional<std::string> Brake::verdict() const {
    if (limits_.failed && limits_.failed->exceeded(failed_, answered_))
        return described(failed_, "failed", *limits_.failed);
    if (limits_.skipped && limits_.skipped->exceeded(skipped_, answered_))
        return described(skipped_, "skipped", *limits_.skipped);
    return std::nullopt;
}

std::string Brake::described(std::uint64_t rows, std::string_view what,
                             const Tolerance& tolerance) const {
    return joined(grouped(rows), " of the ", counted(answered_, "row"), " answered so far ",
                  rows == 1 ? "was " : "were ", what, ", more than --max-", what, " ",
                  to_text(tolerance), " allows");
}

}  // namespace seqload::dispatch

#include "seqload/app/settled_rows.hpp"

#include <cstddef>
#include <span>
#include <utility>

namespace seqload::app {

namespace {

constexpr std::size_t rows_per_commit = 10'000;

}  // namespace

SettledRows::SettledRows(state::Store& store, state::RunId run, const Clock& clock)
    : store_(store), run_(std::move(run)), clock_(clock) {}

Result<> SettledRows::take(Outcome outcome) {
    waiting_.outcomes.push_back(std::move(outcome));
    return waiting_.outcomes.size() < rows_per_commit ? Result<>() : flush();
}

Result<> SettledRows::flush() {
    if (waiting_.outcomes.empty())
        return {};
    waiting_.at = clock_.wall();
    const state::Change change = std::exchange(waiting_, {});
    return store_.apply(run_, std::span(&change, 1));
}

}  // namespace seqload::app

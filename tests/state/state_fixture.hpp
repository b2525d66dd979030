#pragma once

// Words for tests of the state: runs, plans, batches and outcomes to record,
// and what is on record as text that can be compared.

#include "seqload/base/timestamp.hpp"
#include "seqload/state/store.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace seqload {

// Shown by doctest.
inline doctest::String toString(const Error& error) {
    return to_string(error).c_str();
}

}  // namespace seqload

namespace seqload::state {

inline const RunId run_id = "20261123-213622-k7q2";

inline WallTime at(int second) {
    return *parse_timestamp("2026-11-23T21:36:22Z") + std::chrono::seconds(second);
}

// The value, or the test ends with the error's text.
template <class Value>
Value must(Result<Value> result) {
    if (!result)
        throw std::runtime_error(to_string(result.error()));
    if constexpr (!std::is_void_v<Value>)
        return *std::move(result);
}

Id id(std::uint32_t number);

NewRun new_run(const RunId& name = run_id);

// Two sequences, each with a mailbox of its own.
const TargetTable& two_targets();

Plan plan_of(const TargetTable& targets);

// Each row with the contact id(row).
Batch contacts(const std::vector<RowNumber>& rows, TargetIndex target = 0);
Batch label(RowNumber row, std::string text, TargetIndex target = 0);

std::vector<Outcome> all(const std::vector<RowNumber>& rows, RowStatus status,
                         std::string_view reason = "", std::string_view detail = "");

Change in_flight(BatchNumber batch, std::optional<Batch> content, std::uint32_t attempt = 1,
                 int second = 1);

// By a request of its own, answered 200.
Change settled(BatchNumber batch, std::vector<Outcome> outcomes, int second = 2);

inline Result<void> apply(Store& store, std::initializer_list<Change> changes) {
    return store.apply(run_id, std::vector<Change>(changes));
}

inline std::unique_ptr<Store> open_store(const std::filesystem::path& file,
                                         const OpenOptions& options = {}) {
    return must(Store::open(file, options));
}

// A store with the run begun and the plan of two targets recorded.
inline std::unique_ptr<Store> begun(std::unique_ptr<Store> store) {
    must(store->begin_run(new_run()));
    must(store->record_plan(run_id, plan_of(two_targets())));
    return store;
}

inline std::unique_ptr<Store> begun_in_memory() {
    return begun(must(Store::open_in_memory()));
}

template <class Cursor>
auto all_of(Result<Cursor> opened) {
    auto cursor = must(std::move(opened));
    std::vector<std::remove_cvref_t<decltype(*must(cursor.next()))>> records;
    while (auto record = must(cursor.next()))
        records.push_back(*record);
    return records;
}

inline std::vector<RecordedOutcome> outcomes_of(const Store& store) {
    return all_of(store.outcomes(run_id));
}

inline std::vector<Outcome> plain_outcomes_of(const Store& store) {
    std::vector<Outcome> outcomes;
    for (auto& recorded : outcomes_of(store))
        outcomes.push_back(std::move(recorded.outcome));
    return outcomes;
}

// Everything that is on record, for comparing states.
std::string facts_of(const Store& store);

}  // namespace seqload::state

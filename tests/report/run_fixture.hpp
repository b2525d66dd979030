#pragma once

// A run on real files and a real state: input in a fresh directory, outcomes on
// record, and the report files as text.

#include "input/rows_of.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/report/row_files.hpp"
#include "seqload/state/store.hpp"

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace seqload {

// Shown by doctest.
inline doctest::String toString(const Error& error) {  // NOLINT(readability-identifier-naming)
    return to_string(error).c_str();
}

}  // namespace seqload

namespace seqload::test {

inline const state::RunId run_id = "20261123-213622-k7q2";

inline WallTime at_second(int second) {
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

inline Id numbered(std::uint32_t number) {
    std::array<std::uint8_t, Id::size> bytes{0x66};
    for (std::size_t i = 0; i < 4; ++i)
        bytes[Id::size - 1 - i] = static_cast<std::uint8_t>(number >> 8 * i & 0xffU);
    return Id(bytes);
}

inline Outcome outcome(RowNumber row, RowStatus status, std::string_view reason = "",
                       std::string_view detail = "") {
    Outcome made;
    made.row = row;
    made.status = status;
    made.reason = reason;
    made.detail = detail;
    return made;
}

inline std::string content(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw std::runtime_error("cannot be read: " + path.string());
    return {std::istreambuf_iterator<char>(stream), {}};
}

class ReportedRun : public Reading {
public:
    // Begins the run and makes the first pass; add() the files before.
    void plan() {
        store = must(state_on_disk ? state::Store::open(directory.path() / "state.db")
                                   : state::Store::open_in_memory());
        must(store->begin_run({.id = run_id,
                               .command = "load",
                               .api_url = "https://api.apollo.io",
                               .team = "",
                               .options_json = "{}",
                               .output_directory = (directory.path() / "out").string(),
                               .started_at = at_second(0),
                               .inputs = {}}));
        planned = rows();
        std::vector<state::TargetPlan> per_target(targets.size());
        for (const Row& row : planned) {
            if (!row.invalid)
                ++(row.is_label() ? per_target[row.target].labels : per_target[row.target].rows);
        }
        must(store->record_plan(run_id, {.targets = targets,
                                         .per_target = std::move(per_target),
                                         .rows = planned.size(),
                                         .minimum_requests = 1,
                                         .inputs = {}}));
        report.directory = directory.path() / "out";
    }

    // Rows that are never sent.
    void settle_unsent(std::vector<Outcome> outcomes) const {
        must(store->apply(run_id, std::vector<state::Change>{state::RowsSettled{
                                      .outcomes = std::move(outcomes), .at = at_second(1)}}));
    }

    // Rows of one target, as one batch that was answered 200 at once.
    void settle(std::vector<Outcome> outcomes, std::vector<LabelContact> label_contacts = {}) {
        Batch batch;
        for (const Outcome& made : outcomes) {
            const Row& row = planned.at(made.row - 1);
            batch.target = row.target;
            if (row.is_label())
                batch.labels.push_back({row.number, row.label});
            else
                batch.contacts.push_back({row.number, row.contact});
        }
        const state::BatchNumber number = ++batches_;
        const std::vector<state::Change> changes{
            state::BatchInFlight{
                .batch = number, .content = batch, .attempt = 1, .at = at_second(2)},
            state::BatchSettled{.batch = number,
                                .content = std::nullopt,
                                .outcomes = std::move(outcomes),
                                .label_contacts = std::move(label_contacts),
                                .http_status = 200,
                                .attempts = 1,
                                .request_id = "request-" + std::to_string(number),
                                .at = at_second(3)}};
        must(store->apply(run_id, changes));
    }

    // A fresh pass over the files; reading_trouble stands for one that cannot begin.
    Result<report::RowFiles> try_to_write(std::optional<Error> reading_trouble = std::nullopt) {
        auto outcomes = must(store->outcomes(run_id));
        TargetTable fresh_targets;
        report::RowSources sources{
            .rows = input::RowReader::open(files.back(), options, fresh_targets),
            .targets = fresh_targets,
            .file_names = {},
            .next_outcome = [&] { return outcomes.next(); },
            .next_label_contact = report::reached_on_record(must(store->label_contacts(run_id))),
            .planned_rows = planned.size()};
        for (std::size_t file = 0; file < files.back().size(); ++file)
            sources.file_names.push_back(
                std::filesystem::path(files.back().name(file)).filename().string());
        if (reading_trouble)
            sources.rows = std::unexpected(*reading_trouble);
        return report::write_row_files(std::move(sources), report);
    }

    report::RowFiles write() { return must(try_to_write()); }

    std::string written(const char* name) const { return content(report.directory / name); }

    bool state_on_disk = true;  // false: for tests that are run a hundred times
    std::unique_ptr<state::Store> store;
    std::vector<Row> planned;
    report::ReportOptions report;

private:
    state::BatchNumber batches_ = 0;
};

}  // namespace seqload::test

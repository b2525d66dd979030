#include "seqload/app/run_reports.hpp"

#include "seqload/app/doubtful_rows.hpp"
#include "seqload/app/member_contacts.hpp"
#include "seqload/app/run_page.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/whole_file.hpp"
#include "seqload/report/junit.hpp"
#include "seqload/report/summary_json.hpp"
#include "seqload/report/summary_text.hpp"

#include <cstddef>
#include <utility>

namespace seqload::app {

namespace {

// As many as any report lists one by one.
constexpr std::size_t most_problems = 20;

}  // namespace

Result<RunFates> fates_of(const state::Store& store, const state::RunId& run, WallTime at) {
    auto counts = store.counts(run);
    if (!counts)
        return std::unexpected(std::move(counts.error()));
    auto open_batches = store.open_batches(run);
    if (!open_batches)
        return std::unexpected(std::move(open_batches.error()));
    auto labels = store.expanded_labels(run);
    if (!labels)
        return std::unexpected(std::move(labels.error()));
    if (labels->empty())
        add_doubtful_rows(*open_batches, *counts);
    else
        add_doubtful_rows(*open_batches, *counts, labels->front().first);
    return RunFates{std::move(*counts), doubtful_rows(*open_batches, at), std::move(*labels)};
}

ReportInput report_input(PlannedInput& input) {
    ReportInput rows{.rows = input.open_own_reader(), .targets = input.targets(), .file_names = {}};
    for (std::size_t i = 0; i < input.own_files(); ++i)
        rows.file_names.push_back(input.files().name(i));
    if (input.has_expanded_labels())
        rows.members = input.open_member_reader();
    return rows;
}

namespace {

report::NextOutcome all_of(state::OutcomeCursor cursor) {
    const auto shared = std::make_shared<state::OutcomeCursor>(std::move(cursor));
    return [shared] { return shared->next(); };
}

// Of label rows that went out as such, or else of those that were expanded.
Result<report::NextLabelContact> reached_contacts(
    const state::Store& store, const state::RunId& run, const RunFates& fates,
    Result<std::unique_ptr<input::RowReader>> members) {
    if (fates.labels.empty()) {
        auto on_record = store.label_contacts(run);
        if (!on_record)
            return std::unexpected(std::move(on_record.error()));
        return report::reached_on_record(std::move(*on_record));
    }
    auto outcomes = store.outcomes(run, state::OutcomesOf::plan);
    if (!outcomes)
        return std::unexpected(std::move(outcomes.error()));
    return member_contacts(fates.labels, std::move(members),
                           with_doubtful_rows(all_of(std::move(*outcomes)), fates.doubtful));
}

// Those behind the input are told by their label rows.
std::vector<state::RecordedOutcome> of_input(std::vector<state::RecordedOutcome> doubtful,
                                             const std::vector<state::ExpandedLabel>& labels) {
    if (!labels.empty())
        std::erase_if(doubtful, [&](const state::RecordedOutcome& row) {
            return row.outcome.row >= labels.front().first;
        });
    return doubtful;
}

}  // namespace

Result<RunReports> write_reports(const state::Store& store, const state::RunRecord& run,
                                 RunFates fates, ReportInput input, const LoadOptions& options,
                                 const std::filesystem::path& directory) {
    auto plan = store.plan(run.id);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    auto summary = report::summarize(run, *plan ? &**plan : nullptr, fates.counts);
    if (!summary)
        return std::unexpected(std::move(summary.error()));
    auto outcomes = store.outcomes(run.id);
    if (!outcomes)
        return std::unexpected(std::move(outcomes.error()));
    auto reached = reached_contacts(store, run.id, fates, std::move(input.members));
    if (!reached)
        return std::unexpected(std::move(reached.error()));

    const std::vector<std::string> file_names = input.file_names;
    const bool wants_junit = !options.outputs.junit.empty();
    report::FirstProblems problems(most_problems, options.fail_on_skipped);
    report::JunitCases cases(options.fail_on_skipped);
    report::RowSources sources{
        .rows = std::move(input.rows),
        .targets = input.targets,
        .file_names = std::move(input.file_names),
        .next_outcome = with_doubtful_rows(all_of(std::move(*outcomes)),
                                           of_input(std::move(fates.doubtful), fates.labels)),
        .next_label_contact = std::move(*reached),
        .planned_rows = run.planned_rows,
        .observers = {[&](const report::ReportedRow& row) { problems.see(row); }},
    };
    if (wants_junit)
        sources.observers.emplace_back([&](const report::ReportedRow& row) { cases.see(row); });
    auto files =
        report::write_row_files(std::move(sources), {.directory = directory,
                                                     .passthrough = options.passthrough,
                                                     .spreadsheet_safe = options.spreadsheet_safe,
                                                     .fail_on_skipped = options.fail_on_skipped});
    if (auto written = report::write_summary(*summary, directory / "summary.json"); !written)
        return std::unexpected(std::move(written.error()));
    if (files) {
        auto written = write_run_page({.store = store,
                                       .run = run,
                                       .plan = *plan ? &**plan : nullptr,
                                       .counts = fates.counts,
                                       .summary = *summary,
                                       .problems = problems,
                                       .file_names = file_names,
                                       .options = options},
                                      directory);
        if (!written)
            return std::unexpected(std::move(written.error()));
        files->page = directory / "report.html";
    }
    if (files && wants_junit) {
        auto written = write_whole_file(
            options.outputs.junit, report::junit_text(*summary, cases, input.targets, file_names));
        if (!written)
            return std::unexpected(std::move(written.error()));
    }
    return RunReports{std::move(*summary), std::move(files), std::move(problems)};
}

Result<> print_summary(const RunReports& reports, const LoadOptions& options, bool json) {
    if (json)
        return print(report::to_json_text(reports.summary));
    return print(report::summary_text(reports.summary,
                                      reports.files ? std::optional(*reports.files) : std::nullopt,
                                      options.fail_on_skipped));
}

}  // namespace seqload::app

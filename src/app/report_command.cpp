#include "seqload/app/report_command.hpp"

#include "seqload/app/chosen_run.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/places.hpp"
#include "seqload/app/recorded_options.hpp"
#include "seqload/app/run_report.hpp"
#include "seqload/app/say.hpp"
#include "seqload/report/undo_report.hpp"

#include <utility>

namespace seqload::app {

namespace {

Result<> report_undo(const state::Store& store, const state::RunRecord& run,
                     const std::filesystem::path& directory, bool json) {
    const auto removals = store.removals(run.id);
    if (!removals)
        return std::unexpected(removals.error());
    const auto options = recorded_undo(run);
    if (!options)
        return std::unexpected(options.error());
    const report::UndoSummary summary =
        report::summarize_undo(run, apollo::name(options->mode), *removals);
    if (auto written = report::write_undo_files(summary, *removals, directory); !written)
        return written;
    return print(json ? report::to_json_text(summary) : report::undo_text(summary, directory));
}

Result<> report_load(const state::Store& store, const state::RunRecord& run,
                     const std::filesystem::path& directory, const ReportCommandOptions& given) {
    auto options = recorded_load_options(run);
    if (!options)
        return std::unexpected(std::move(options.error()));
    options->outputs.junit = given.junit;
    auto reports = report_again(store, run, *options, directory);
    if (!reports)
        return std::unexpected(std::move(reports.error()));
    if (auto printed = print_summary(*reports, *options, given.run.json); !printed)
        return printed;
    return reports->files ? Result<>() : std::unexpected(std::move(reports->files.error()));
}

Result<> report_run(const ReportCommandOptions& given) {
    auto chosen = choose_run(given.run);
    if (!chosen)
        return std::unexpected(std::move(chosen.error()));
    const state::RunRecord& run = chosen->record;
    const std::string wanted =
        given.output_directory.empty() ? run.output_directory : given.output_directory;
    auto directory = output_directory(wanted, run.id);
    if (!directory)
        return std::unexpected(std::move(directory.error()));
    if (auto ready = prepare_places(*directory, *directory, run.inputs); !ready)
        return ready;
    return run.command == "undo" ? report_undo(*chosen->store, run, *directory, given.run.json)
                                 : report_load(*chosen->store, run, *directory, given);
}

}  // namespace

int run_report(const ReportCommandOptions& options) {
    const auto result = report_run(options);
    if (result)
        return exit_code::done;
    complain(result.error());
    return exit_code_of(result.error().kind);
}

}  // namespace seqload::app

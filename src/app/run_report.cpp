#include "seqload/app/run_report.hpp"

#include "seqload/app/expanded_file.hpp"
#include "seqload/app/recorded_input.hpp"

#include <utility>

namespace seqload::app {

Result<RunReports> report_again(const state::Store& store, const state::RunRecord& run,
                                const LoadOptions& options,
                                const std::filesystem::path& directory) {
    auto fates = fates_of(store, run.id, run.ending ? run.ending->finished_at : run.started_at);
    if (!fates)
        return std::unexpected(std::move(fates.error()));
    auto files = reopen_input(run.inputs);
    TargetTable targets;
    ReportInput input{.rows = files ? input::RowReader::open(*files, options.plan.read, targets)
                                    : std::unexpected(files.error()),
                      .targets = targets,
                      .file_names = {}};
    for (const state::InputFile& file : run.inputs)
        input.file_names.push_back(file.name);
    if (run.expanded_labels) {
        auto file = reopen_input({}, run.expanded_labels);
        input.members = file ? input::RowReader::open(
                                   *file, options_for_expanded_file(options.plan.read), targets)
                             : std::unexpected(file.error());
    }
    return write_reports(store, run, std::move(*fates), std::move(input), options, directory);
}

}  // namespace seqload::app

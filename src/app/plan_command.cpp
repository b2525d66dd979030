#include "seqload/app/plan_command.hpp"

#include "seqload/app/exclusions.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/forecast_text.hpp"
#include "seqload/app/plan_json.hpp"
#include "seqload/app/plan_text.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/saved_plan.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/terminal_size.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/random.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/whole_file.hpp"
#include "seqload/plan/forecast.hpp"
#include "seqload/plan/plan_digest.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include <unistd.h>

namespace seqload::app {

namespace {

Result<> save(const PlannedInput& input, const PlanOptions& options, std::string digest) {
    if (options.save.empty())
        return {};
    return write_whole_file(
        options.save,
        to_json_text(saved_plan_of(input, options, std::move(digest), SystemClock().wall())));
}

// What comes next; empty if nothing would be sent.
std::string next_step(const PlannedInput& input, const PlanOptions& options) {
    if (input.planner().totals().to_send == 0)
        return "";
    if (!options.save.empty()) {
        return joined("\nNothing was sent; just this is sent by seqload load --plan ",
                      printable(options.save), "\n");
    }
    return "\nNothing was sent; seqload load with the same files and options asks and sends.\n";
}

Result<> plan(const PlanOptions& options) {
    Random random;
    const auto any_number = [&random] {
        return random.below(std::numeric_limits<std::uint64_t>::max());
    };
    auto exclusions = read_exclusions(options.excludes, any_number());
    if (!exclusions)
        return std::unexpected(std::move(exclusions.error()));
    auto files = input::InputSet::open_for_one_pass(options.files);
    if (!files)
        return std::unexpected(std::move(files.error()));

    PlannedInput input(std::move(*files), std::move(*exclusions), options, any_number());
    RowRemarks remarks(input.files(), options.quiet);
    plan::PlanDigest digest;
    KnownRows known;
    known.to_send = [&digest](const Row& row) { digest.take(row); };
    auto read = input.read(
        [&](const Row& row, const Outcome& outcome) -> Result<> {
            remarks.take(row, outcome);
            return {};
        },
        known);
    if (!read)
        return read;
    remarks.finish();
    if (auto saved = save(input, options, digest.text()); !saved)
        return saved;
    const plan::Canary canary{.rows = options.canary};
    if (options.json)
        return write_plan_json(input, options.limits, canary, print);
    const auto standing = plan::fresh_windows(options.limits);
    const std::uint64_t requests =
        input.planner().requests() + plan::cost_of(canary, input.planner()).more_requests;
    return print(
        plan_text(input, canary, terminal_columns(STDOUT_FILENO)) +
        forecast_text(plan::forecast(requests, standing), standing, view_of(SystemClock())) +
        next_step(input, options));
}

}  // namespace

int run_plan(const PlanOptions& options) {
    const auto result = plan(options);
    if (result)
        return exit_code::done;
    complain(result.error());
    return exit_code_of(result.error().kind);
}

}  // namespace seqload::app

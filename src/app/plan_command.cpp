#include "seqload/app/plan_command.hpp"

#include "seqload/app/exclusions.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/forecast_text.hpp"
#include "seqload/app/plan_text.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/random.hpp"
#include "seqload/plan/forecast.hpp"

#include <cstdint>
#include <limits>
#include <utility>

namespace seqload::app {

namespace {

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
    auto read = input.read([&](const Row& row, const Outcome& outcome) -> Result<> {
        remarks.take(row, outcome);
        return {};
    });
    if (!read)
        return read;
    remarks.finish();
    const plan::Canary canary{.rows = options.canary};
    if (options.json)
        return print(plan_json(input, options.limits, canary));
    const auto standing = plan::fresh_windows(options.limits);
    const std::uint64_t requests =
        input.planner().requests() + plan::cost_of(canary, input.planner()).more_requests;
    return print(plan_text(input, canary) + forecast_text(plan::forecast(requests, standing),
                                                          standing, view_of(SystemClock())));
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

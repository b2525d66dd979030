#include "seqload/app/loading.hpp"

#include "seqload/app/canary_record.hpp"
#include "seqload/app/check_text.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/github_actions.hpp"
#include "seqload/app/interruption.hpp"
#include "seqload/app/ledger_rows.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/plan_text.hpp"
#include "seqload/app/question.hpp"
#include "seqload/app/question_text.hpp"
#include "seqload/app/quota_standing.hpp"
#include "seqload/app/run_reports.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/team_memory.hpp"
#include "seqload/app/terminal_size.hpp"
#include "seqload/app/unresolved_rows.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <unistd.h>

namespace seqload::app {

namespace {

void mark(std::vector<bool>& rows, RowNumber row) {
    if (rows.size() <= row)
        rows.resize(std::size_t{row} + 1);
    rows[row] = true;
}

bool has_all(const std::vector<bool>& rows, const state::ExpandedLabel& label) {
    for (RowNumber row = label.first; label.holds(row); ++row) {
        if (row >= rows.size() || !rows[row])
            return false;
    }
    return true;
}

std::optional<SteadyTime> moment_of(const std::optional<Duration>& deadline, const Clock& clock) {
    if (!deadline)
        return std::nullopt;
    return clock.now() + *deadline;
}

}  // namespace

Loading::Loading(Parts parts)
    : parts_(std::move(parts)),
      end_(parts_.store, parts_.run, parts_.clock, parts_.metrics),
      deadline_(moment_of(parts_.options.connection.deadline, parts_.clock)),
      first_pass_({parts_.options, parts_.api, parts_.clock, parts_.random, parts_.store, end_,
                   parts_.run, parts_.input, parts_.directory, parts_.just_read, deadline_}) {
    const LoadOptions& options = parts_.options;
    canary_.rows = options.plan.canary;
    learn_limits(TeamMemory(parts_.store, options.api_url, parts_.api.credentials.fingerprint()),
                 parts_.options.connection);
}

Result<> Loading::plan() {
    if (auto passed = first_pass_.carry_out(); !passed)
        return passed;
    if (!first_pass_.has_plan())
        return {};
    if (auto recorded = record_plan(); !recorded)
        return recorded;
    if (auto shown = show_plan(); !shown)
        return end_.by(shown.error(), "not_started");
    return refuse_if_unusable();
}

Result<> Loading::record_plan() {
    const plan::Planner& planner = parts_.input.planner();
    state::Plan recorded{.targets = parts_.input.targets(),
                         .per_target = {},
                         .rows = parts_.input.own_rows(),
                         .minimum_requests = minimum_requests(),
                         .inputs = parts_.input.recorded_files(),
                         .expanded_labels = parts_.input.recorded_expanded_labels()};
    recorded.per_target.resize(parts_.input.targets().size());
    for (TargetIndex i = 0; i < planner.target_count(); ++i) {
        const plan::TargetLoad load = planner.load(i);
        recorded.per_target[i] = {load.contact_rows - parts_.input.members_to_send(i),
                                  load.label_rows, load.requests};
    }
    for (const state::ExpandedLabel& label : first_pass_.expanded())
        ++recorded.per_target[label.target].labels;
    if (auto kept = parts_.store.record_plan(parts_.run, recorded); !kept)
        return end_.by(kept.error(), "not_started");
    return {};
}

Result<> Loading::show_plan() const {
    if (parts_.options.plan.quiet)
        return {};
    const auto made = forecast();
    if (!made)
        return std::unexpected(made.error());
    const auto& check = first_pass_.check();
    const PlanNames names{
        .needs = first_pass_.needs(),
        .team = team(),
        .as_of = check && check->as_of ? as_apollo_said(*check->as_of, parts_.clock.wall()) : ""};
    say(plan_text(parts_.input, canary_, terminal_columns(STDERR_FILENO), &names) +
        load_forecast_text(*made, parts_.input.planner()));
    if (check && !check->found.empty())
        say(finding_lines(check->found), '\n' + findings_text(check->found));
    return {};
}

Result<LoadForecast> Loading::forecast() const {
    const LoadOptions& options = parts_.options;
    return forecast_load(
        {.store = parts_.store,
         .route = adding_route(options.api_url, parts_.api.credentials.fingerprint()),
         .connection = options.connection,
         .clock = parts_.clock,
         .requests = minimum_requests() + requests_under_way_,
         .deadline = deadline_,
         .usage = usage()});
}

const apollo::Usage* Loading::usage() const {
    return team().usage ? &*team().usage : nullptr;
}

const Team& Loading::team() const {
    const auto& check = first_pass_.check();
    return check ? check->team : parts_.just_read;
}

Result<> Loading::refuse_if_unusable() {
    const auto& check = first_pass_.check();
    if (!check || !any_error(check->found) || parts_.options.allow_partial)
        return {};
    if (parts_.options.plan.quiet)
        say(finding_lines(check->found), findings_text(check->found));
    const auto errors = static_cast<std::uint64_t>(
        std::ranges::count(check->found, Severity::error, &Finding::severity));
    return end_.by(
        {ErrorKind::unusable_input,
         joined(counted(errors, "problem"), " would keep rows from being added; nothing was sent"),
         "",
         "mend that and load again, or give --allow-partial to fail those rows and send the rest"},
        "check_failed");
}

Result<> Loading::plan_the_rest() {
    auto done = parts_.store.settled_rows(parts_.run);
    if (!done)
        return std::unexpected(std::move(done.error()));
    auto open_batches = parts_.store.open_batches(parts_.run);
    if (!open_batches)
        return std::unexpected(std::move(open_batches.error()));
    for (const state::OpenBatch& batch : *open_batches) {
        for (const ContactRow& contact : batch.content.contacts)
            mark(*done, contact.row);
        for (const LabelRow& label : batch.content.labels)
            mark(*done, label.row);
    }
    const auto expanded = parts_.store.expanded_labels(parts_.run);
    if (!expanded)
        return std::unexpected(expanded.error());
    for (const state::ExpandedLabel& label : *expanded) {
        if (has_all(*done, label))
            mark(*done, label.row);
    }
    auto canary =
        CanaryRecord::read(parts_.store, parts_.run, parts_.options.plan.canary, *open_batches);
    if (!canary)
        return std::unexpected(std::move(canary.error()));

    const Interruption interruption;
    KnownRows known;
    known.done = [&done, &canary](const Row& row) {
        canary->take(row);
        return row.number < done->size() && (*done)[row.number];
    };
    known.expanded = [&expanded](const Row& row) {
        return std::ranges::binary_search(*expanded, row.number, {}, &state::ExpandedLabel::row);
    };
    std::optional<RowNumber> unsettled;
    auto read = parts_.input.read(
        [&](const Row& row, const Outcome& /*outcome*/) -> Result<> {
            if (!unsettled)
                unsettled = row.number;
            return {};
        },
        known);
    if (const int signal = Interruption::signal(); signal != 0)
        end_.by_signal(signal, "interrupted");
    if (!read)
        return read;
    if (unsettled) {
        return fail(ErrorKind::changed_input,
                    joined("row ", std::to_string(*unsettled),
                           " was to be sent when the run was planned, and now is not"),
                    "run " + parts_.run, "load the input anew");
    }
    if (auto same = hold_against_record(); !same)
        return same;
    require_ids(parts_.input.planner(), parts_.input.targets());
    canary_ = canary->canary();
    requests_under_way_ = open_batches->size();
    return show_plan();
}

// Targets go by their number in the state: they must be what they were.
Result<> Loading::hold_against_record() const {
    auto plan = parts_.store.plan(parts_.run);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    const TargetTable& targets = parts_.input.targets();
    bool same = *plan && (*plan)->targets.size() == targets.size();
    for (TargetIndex i = 0; same && i < targets.size(); ++i)
        same = (*plan)->targets[i] == targets[i];
    if (same)
        return {};
    return fail(ErrorKind::changed_input,
                "the input no longer has the targets that the run was planned for",
                "run " + parts_.run, "load the input anew");
}

std::uint64_t Loading::minimum_requests() const {
    const plan::Planner& planner = parts_.input.planner();
    return planner.requests() + plan::cost_of(canary_, planner).more_requests;
}

Reach Loading::reach() const {
    const auto& check = first_pass_.check();
    return reach_of(parts_.input, first_pass_.needs(), check ? &check->team : nullptr);
}

Result<> Loading::refuse_if_too_large() {
    const Reach reach = this->reach();
    const auto& most = parts_.options.max_contacts;
    if (stopped() || !most)
        return {};
    if (reach.people <= *most && reach.uncounted > 0) {
        return end_.by(
            {ErrorKind::usage,
             joined("nobody has said how many contacts ", counted(reach.uncounted, "label"),
                    " of the plan ", reach.uncounted == 1 ? "reaches" : "reach", ", and ",
                    grouped(*most), " are allowed; nothing was sent"),
             "--max-contacts",
             "load without --no-check, or with --expand-labels, which counts them one by one"},
            "declined");
    }
    if (reach.people <= *most)
        return {};
    std::string what = joined("the plan has ", counted(reach.rows, "row"), " to send, ");
    if (reach.people != reach.rows)
        what += joined("for ", counted(reach.people, "contact"), " with those of its labels, ");
    return end_.by(
        {ErrorKind::usage, joined(what, "and ", grouped(*most), " are allowed; nothing was sent"),
         "--max-contacts", "see that the input is the right one, or allow more"},
        "declined");
}

bool Loading::approved() {
    const Interruption interruption;
    const bool is_tried = plan::cost_of(canary_, parts_.input.planner()).targets > 0;
    const Reply reply = ask(question_text({.requests = minimum_requests(),
                                           .canary_first = is_tried,
                                           .reach = reach(),
                                           .host = parts_.api.client.endpoint.host_and_port()}));
    if (reply == Reply::yes)
        return true;
    if (reply == Reply::interrupted)
        end_.by_signal(Interruption::signal(), "declined");
    (void)end_.by({ErrorKind::usage, "declined", {}, {}}, "declined");
    remark(LogLevel::info, "nothing was sent");
    return false;
}

Result<dispatch::Beginning> Loading::beginning() const {
    auto open_batches = parts_.store.open_batches(parts_.run);
    if (!open_batches)
        return std::unexpected(std::move(open_batches.error()));
    const auto last = parts_.store.last_batch(parts_.run);
    if (!last)
        return std::unexpected(last.error());
    return dispatch::Beginning{std::move(*open_batches), *last};
}

Result<int> Loading::send_and_report() {
    if (auto end = first_pass_.stopped()) {
        if (first_pass_.has_plan()) {
            if (const auto rest = forecast())
                end->counters.remaining = for_record(*rest);
        }
        return report(*end);
    }
    auto start = beginning();
    if (!start)
        return std::unexpected(std::move(start.error()));
    SendingEnd end;
    if (parts_.input.planner().totals().to_send > 0 || !start->open_batches.empty()) {
        auto sent =
            send_all({parts_.options, parts_.api, parts_.clock, parts_.random, parts_.input,
                      parts_.store, parts_.run, std::move(*start), canary_, deadline_, usage()});
        if (!sent)
            return std::unexpected(end_.by(sent.error(), "not_started").error());
        end = std::move(*sent);
    }
    return report(end);
}

// The reports first, then the ending: a run that dies in between is taken up again,
// finds nothing to send and writes them. So does one whose reports found no room.
Result<int> Loading::report(const SendingEnd& end) {
    const WallTime now = parts_.clock.wall();
    auto fates = fates_of(parts_.store, parts_.run, now);
    if (!fates)
        return std::unexpected(std::move(fates.error()));
    auto run = parts_.store.run(parts_.run);
    if (!run)
        return std::unexpected(std::move(run.error()));
    report::Counters counters = end.counters;
    counters.bytes.sent += parts_.bytes_before.sent;
    counters.bytes.received += parts_.bytes_before.received;
    const int code = exit_code_of(end.run.reason, fates->counts.rows,
                                  parts_.options.fail_on_skipped, end.signal);
    run->ending = state::Ending{std::string(dispatch::name(end.run.reason)), code, now,
                                to_json_text(counters)};
    auto reports = write_reports(parts_.store, *run, std::move(*fates), report_input(parts_.input),
                                 parts_.options, parts_.directory);
    if (end.run.error)
        complain(*end.run.error, end.run.request_id);
    if (!reports || !reports->files) {
        const Error& trouble = reports ? reports->files.error() : reports.error();
        return std::unexpected(end_.by(trouble, "report_failed").error());
    }
    parts_.metrics.take(reports->summary);
    const auto ended = parts_.store.end_run(parts_.run, *run->ending);
    const auto printed = print_summary(*reports, parts_.options, parts_.options.plan.json);
    for (const Result<>& step : {ended, printed}) {
        if (!step)
            return std::unexpected(step.error());
    }
    tell_github(*reports, run->inputs, parts_.directory, parts_.options.fail_on_skipped,
                process_environment());
    return code;
}

}  // namespace seqload::app

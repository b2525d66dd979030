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
#include "seqload/app/quota_standing.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/run_reports.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/settled_rows.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/app/team_memory.hpp"
#include "seqload/app/unresolved_rows.hpp"
#include "seqload/app/unusable_rows.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/state/ledger.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

void mark(std::vector<bool>& rows, RowNumber row) {
    if (rows.size() <= row)
        rows.resize(std::size_t{row} + 1);
    rows[row] = true;
}

}  // namespace

Loading::Loading(Parts parts) : parts_(std::move(parts)) {
    const LoadOptions& options = parts_.options;
    canary_.rows = options.plan.canary;
    if (options.connection.deadline)
        deadline_ = parts_.clock.now() + *options.connection.deadline;
    learn_limits(TeamMemory(parts_.store, options.api_url, parts_.api.credentials.fingerprint()),
                 parts_.options.connection);
}

Result<> Loading::plan() {
    std::vector<bool> withdrawn;
    if (auto judged = judge_rows(withdrawn); !judged)
        return judged;
    if (auto checked = check(); !checked)
        return checked;
    if (parts_.options.allow_partial && check_ && any_error(check_->found)) {
        if (auto failed = fail_unusable_rows(withdrawn); !failed)
            return end_early(failed.error(), "input_failed");
    }
    if (auto recorded = record_plan(); !recorded)
        return recorded;
    if (auto shown = show_plan(); !shown)
        return end_early(shown.error(), "not_started");
    return refuse_if_unusable();
}

// withdrawn: by row, which ones need no request because the ledger knows them, or because nobody
// knows what they name.
Result<> Loading::judge_rows(std::vector<bool>& withdrawn) {
    auto known = rows_known_from_ledger();
    if (!known)
        return std::unexpected(std::move(known.error()));
    std::map<std::string, std::uint64_t> labels;
    known->to_send = [&labels](const Row& row) {
        if (row.is_label())
            ++labels[row.label];
    };
    UnresolvedRows unresolved(parts_.options.plan.read.names, parts_.input.targets());
    unresolved.fail_in(*known);
    const Interruption interruption;
    RowRemarks remarks(parts_.input.files(), parts_.options.plan.quiet);
    SettledRows settled(parts_.store, parts_.run, parts_.clock);
    auto read = parts_.input.read(
        [&](const Row& row, Outcome outcome) {
            if (outcome.status == RowStatus::already_in_sequence ||
                outcome.status == RowStatus::failed)
                mark(withdrawn, row.number);
            remarks.take(row, outcome);
            return settled.take(std::move(outcome));
        },
        *known);
    if (read)
        read = settled.flush();
    if (const int signal = Interruption::signal(); signal != 0)
        end_by(signal, "interrupted");
    if (!read)
        return end_early(read.error(), "input_failed");
    remarks.finish();
    require_ids(parts_.input.planner(), parts_.input.targets());
    needs_ = needs_of(parts_.input.targets(), parts_.input.planner(), std::move(labels));
    return {};
}

// Not for a plan that sends nothing, or is refused for its size whatever Apollo says.
Result<> Loading::check() {
    const LoadOptions& options = parts_.options;
    const std::uint64_t rows = parts_.input.planner().totals().to_send;
    const bool is_refused = needs_.labels.empty() && is_too_large(rows);
    if (!options.check || rows == 0 || is_refused)
        return {};
    auto check = check_load(needs_, options, parts_.api, parts_.clock, parts_.random, parts_.store,
                            parts_.just_read);
    if (!check)
        return end_early(check.error(), "not_started");
    if (check->end.reason != dispatch::StopReason::finished) {
        stopped_ =
            SendingEnd{.run = std::move(check->end), .counters = {}, .signal = check->signal};
        return {};
    }
    if (check->team.usage)
        learn_limits(*check->team.usage, parts_.options.connection);
    check_ = std::move(*check);
    return {};
}

// A pass of its own, for a plan without them. Whatever else is not sent is settled.
Result<> Loading::fail_unusable_rows(const std::vector<bool>& withdrawn) {
    UnusableRows unusable(check_->found, parts_.input.targets());
    std::map<std::string, std::uint64_t> labels;
    KnownRows known;
    known.outcome = [&](const Row& row) -> Result<std::optional<Outcome>> {
        if (row.number < withdrawn.size() && withdrawn[row.number]) {
            Outcome settled_before;
            settled_before.row = row.number;
            settled_before.status = RowStatus::already_in_sequence;
            return settled_before;
        }
        return unusable.outcome_of(row);
    };
    known.to_send = [&labels](const Row& row) {
        if (row.is_label())
            ++labels[row.label];
    };
    const Interruption interruption;
    SettledRows settled(parts_.store, parts_.run, parts_.clock);
    auto read = parts_.input.read(
        [&](const Row& /*row*/, Outcome outcome) {
            return outcome.status == RowStatus::failed ? settled.take(std::move(outcome))
                                                       : Result<>();
        },
        known);
    if (read)
        read = settled.flush();
    if (const int signal = Interruption::signal(); signal != 0)
        end_by(signal, "interrupted");
    if (read)
        needs_ = needs_of(parts_.input.targets(), parts_.input.planner(), std::move(labels));
    return read;
}

Result<> Loading::record_plan() {
    const plan::Planner& planner = parts_.input.planner();
    state::Plan recorded{.targets = parts_.input.targets(),
                         .per_target = {},
                         .rows = planner.totals().rows,
                         .minimum_requests = minimum_requests(),
                         .inputs = parts_.input.recorded_files()};
    recorded.per_target.resize(parts_.input.targets().size());
    for (TargetIndex i = 0; i < planner.target_count(); ++i) {
        const plan::TargetLoad load = planner.load(i);
        recorded.per_target[i] = {load.contact_rows, load.label_rows, load.requests};
    }
    if (auto kept = parts_.store.record_plan(parts_.run, recorded); !kept)
        return end_early(kept.error(), "not_started");
    return {};
}

Result<> Loading::show_plan() const {
    if (parts_.options.plan.quiet)
        return {};
    const auto made = forecast();
    if (!made)
        return std::unexpected(made.error());
    const PlanNames names{.needs = needs_,
                          .team = check_ ? check_->team : parts_.just_read,
                          .as_of = check_ && check_->as_of
                                       ? as_apollo_said(*check_->as_of, parts_.clock.wall())
                                       : ""};
    say(plan_text(parts_.input, canary_, &names) +
        load_forecast_text(*made, parts_.input.planner()));
    if (check_ && !check_->found.empty())
        say('\n' + findings_text(check_->found));
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
    const Team& team = check_ ? check_->team : parts_.just_read;
    return team.usage ? &*team.usage : nullptr;
}

Result<> Loading::refuse_if_unusable() {
    if (!check_ || !any_error(check_->found) || parts_.options.allow_partial)
        return {};
    if (parts_.options.plan.quiet)
        say(findings_text(check_->found));
    const auto errors = static_cast<std::uint64_t>(
        std::ranges::count(check_->found, Severity::error, &Finding::severity));
    return end_early(
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
    std::optional<RowNumber> unsettled;
    auto read = parts_.input.read(
        [&](const Row& row, const Outcome& /*outcome*/) -> Result<> {
            if (!unsettled)
                unsettled = row.number;
            return {};
        },
        known);
    if (const int signal = Interruption::signal(); signal != 0)
        end_by(signal, "interrupted");
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

Result<KnownRows> Loading::rows_known_from_ledger() {
    if (!parts_.options.skip_added)
        return KnownRows{};
    auto ledger = parts_.store.ledger(parts_.options.api_url, parts_.api.credentials.fingerprint());
    if (!ledger)
        return std::unexpected(std::move(ledger.error()));
    return rows_known_from(std::move(*ledger), parts_.input.targets());
}

std::uint64_t Loading::minimum_requests() const {
    const plan::Planner& planner = parts_.input.planner();
    return planner.requests() + plan::cost_of(canary_, planner).more_requests;
}

bool Loading::is_too_large(std::uint64_t people) const {
    const auto& most = parts_.options.max_contacts;
    return most && people > *most;
}

Result<> Loading::refuse_if_too_large() {
    const std::uint64_t rows = parts_.input.planner().totals().to_send;
    const std::uint64_t people = check_ ? people_reached(needs_, rows, check_->team) : rows;
    if (!is_too_large(people))
        return {};
    std::string what = joined("the plan has ", counted(rows, "row"), " to send, ");
    if (people != rows)
        what += joined("for ", counted(people, "contact"), " with those of its labels, ");
    return end_early({ErrorKind::usage,
                      joined(what, "and ", grouped(*parts_.options.max_contacts),
                             " are allowed; nothing was sent"),
                      "--max-contacts", "see that the input is the right one, or allow more"},
                     "declined");
}

bool Loading::approved() {
    const Interruption interruption;
    const plan::Planner& planner = parts_.input.planner();
    const bool is_tried = plan::cost_of(canary_, planner).targets > 0;
    const Reply reply = ask(joined("Send ", counted(minimum_requests(), "request"),
                                   is_tried ? ", the canary first, for " : " for ",
                                   counted(planner.totals().to_send, "row"), " to ",
                                   parts_.api.client.endpoint.host_and_port(), "?"));
    if (reply == Reply::yes)
        return true;
    if (reply == Reply::interrupted)
        end_by(Interruption::signal(), "declined");
    (void)end_early({ErrorKind::usage, "declined", {}, {}}, "declined");
    say("seqload: nothing was sent\n");
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
    if (stopped_) {
        if (const auto rest = forecast())
            stopped_->counters.remaining = for_record(*rest);
        return report(*stopped_);
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
            return std::unexpected(end_early(sent.error(), "not_started").error());
        end = std::move(*sent);
    }
    return report(end);
}

// The error that led here is the one to tell; that its note fails, too, adds nothing.
Result<> Loading::end_early(const Error& error, const std::string& stop_reason) {
    (void)parts_.store.end_run(parts_.run,
                               {stop_reason, exit_code_of(error.kind), parts_.clock.wall(), {}});
    return std::unexpected(error);
}

void Loading::end_by(int signal, const std::string& stop_reason) {
    (void)parts_.store.end_run(
        parts_.run, {stop_reason, exit_code::signal_base + signal, parts_.clock.wall(), {}});
    say(stop_reason == "declined"
            ? std::string("\nseqload: nothing was sent\n")
            : joined("\nseqload: stopped before anything was sent; `seqload resume ", parts_.run,
                     "` goes on with it\n"));
    static_cast<void>(parts_.metrics.write(exit_code::signal_base + signal));
    end_by_signal(signal);
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
        complain(*end.run.error);
    if (!reports || !reports->files) {
        const Error& trouble = reports ? reports->files.error() : reports.error();
        return std::unexpected(end_early(trouble, "report_failed").error());
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

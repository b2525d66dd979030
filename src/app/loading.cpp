#include "seqload/app/loading.hpp"

#include "seqload/app/exit_code.hpp"
#include "seqload/app/interruption.hpp"
#include "seqload/app/plan_text.hpp"
#include "seqload/app/question.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/run_reports.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/settled_rows.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/state/ledger.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

// Contacts that the ledger names need no request.
Result<std::optional<Outcome>> known_outcome(state::Ledger& ledger, const TargetTable& targets,
                                             const Row& row) {
    auto source = ledger.find(targets[row.target].sequence, row.contact);
    if (!source)
        return std::unexpected(std::move(source.error()));
    if (!*source)
        return std::nullopt;
    Outcome outcome;
    outcome.row = row.number;
    outcome.status = RowStatus::already_in_sequence;
    outcome.reason = joined(reason::known_from_run, **source);
    return outcome;
}

}  // namespace

Result<> Loading::plan() {
    const LoadOptions& options = parts_.options;
    auto known = rows_known_from_ledger();
    if (!known)
        return std::unexpected(std::move(known.error()));
    const Interruption interruption;
    RowRemarks remarks(parts_.input.files(), options.plan.quiet);
    SettledRows settled(parts_.store, parts_.run, parts_.clock);
    auto read = parts_.input.read(
        [&](const Row& row, Outcome outcome) {
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

    const plan::Planner& planner = parts_.input.planner();
    state::Plan recorded{.targets = parts_.input.targets(),
                         .per_target = {},
                         .rows = planner.totals().rows,
                         .minimum_requests = planner.requests(),
                         .inputs = parts_.input.recorded_files()};
    recorded.per_target.resize(parts_.input.targets().size());
    for (TargetIndex i = 0; i < planner.target_count(); ++i) {
        const plan::TargetLoad load = planner.load(i);
        recorded.per_target[i] = {load.contact_rows, load.label_rows, load.requests};
    }
    if (auto kept = parts_.store.record_plan(parts_.run, recorded); !kept)
        return end_early(kept.error(), "not_started");
    if (!options.plan.quiet)
        say(plan_text(parts_.input, options.connection.limits));
    return {};
}

Result<> Loading::plan_the_rest() {
    auto done = parts_.store.settled_rows(parts_.run);
    if (!done)
        return std::unexpected(std::move(done.error()));
    auto open_batches = parts_.store.open_batches(parts_.run);
    if (!open_batches)
        return std::unexpected(std::move(open_batches.error()));
    const auto mark = [&](RowNumber row) {
        if (done->size() <= row)
            done->resize(std::size_t{row} + 1);
        (*done)[row] = true;
    };
    for (const state::OpenBatch& batch : *open_batches) {
        for (const ContactRow& contact : batch.content.contacts)
            mark(contact.row);
        for (const LabelRow& label : batch.content.labels)
            mark(label.row);
    }

    const Interruption interruption;
    KnownRows known;
    known.done = [&done](RowNumber row) { return row < done->size() && (*done)[row]; };
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
    if (!parts_.options.plan.quiet)
        say(plan_text(parts_.input, parts_.options.connection.limits));
    return {};
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
    const auto shared = std::make_shared<state::Ledger>(std::move(*ledger));
    KnownRows known;
    known.outcome = [this, shared](const Row& row) {
        return known_outcome(*shared, parts_.input.targets(), row);
    };
    return known;
}

Result<> Loading::refuse_if_too_large() {
    const std::uint64_t rows = parts_.input.planner().totals().to_send;
    const auto& most = parts_.options.max_contacts;
    if (!most || rows <= *most)
        return {};
    return end_early({ErrorKind::usage,
                      joined("the plan has ", counted(rows, "row"), " to send, and ",
                             grouped(*most), " are allowed; nothing was sent"),
                      "--max-contacts", "see that the input is the right one, or allow more"},
                     "declined");
}

bool Loading::approved() {
    const Interruption interruption;
    const plan::Planner& planner = parts_.input.planner();
    const Reply reply = ask(joined("Send ", counted(planner.requests(), "request"), " for ",
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
    auto start = beginning();
    if (!start)
        return std::unexpected(std::move(start.error()));
    SendingEnd end;
    if (parts_.input.planner().totals().to_send > 0 || !start->open_batches.empty()) {
        auto sent = send_all({parts_.options, parts_.api, parts_.clock, parts_.random, parts_.input,
                              parts_.store, parts_.run, std::move(*start)});
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
    const auto ended = parts_.store.end_run(parts_.run, *run->ending);
    const auto printed = print_summary(*reports, parts_.options, parts_.options.plan.json);
    for (const Result<>& step : {ended, printed}) {
        if (!step)
            return std::unexpected(step.error());
    }
    return code;
}

}  // namespace seqload::app

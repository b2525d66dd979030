#include "seqload/app/undoing.hpp"

#include "seqload/app/errand_sending.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/removal_book.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/report/undo_report.hpp"

#include <algorithm>
#include <utility>

namespace seqload::app {

namespace {

int exit_code_for(const SendingEnd& end, const report::UndoSummary& summary) {
    if (end.run.reason != dispatch::StopReason::finished)
        return exit_code_of(end.run.reason, {}, false, end.signal);
    return summary.failed > 0 ? exit_code::needs_a_person : exit_code::done;
}

}  // namespace

Result<int> send_undo(const UndoParts& parts) {
    auto removals = parts.store.removals(parts.run);
    if (!removals)
        return std::unexpected(std::move(removals.error()));
    const auto waiting = static_cast<std::uint64_t>(
        std::ranges::count(*removals, state::RemovalStatus::waiting, &state::Removal::status));

    const SystemClock clock(parts.options.connection.time_scale);
    SendingEnd end;
    if (waiting > 0) {
        RemovalBook book(std::move(*removals), parts.api.credentials,
                         {.mode = parts.options.mode,
                          .taken_up_again = parts.taken_up_again,
                          .user_agent = "seqload/" SEQLOAD_VERSION});
        auto sent = carry_out_errands({parts.options.connection, parts.api, clock, parts.random,
                                       parts.store, parts.run, book, waiting, parts.quiet,
                                       "/emailer_campaigns/remove_or_stop_contact_ids"});
        if (!sent)
            return std::unexpected(std::move(sent.error()));
        end = std::move(*sent);
        removals = parts.store.removals(parts.run);
        if (!removals)
            return std::unexpected(std::move(removals.error()));
    }

    auto run = parts.store.run(parts.run);
    if (!run)
        return std::unexpected(std::move(run.error()));
    report::UndoSummary summary =
        report::summarize_undo(*run, apollo::name(parts.options.mode), *removals);
    const int code = exit_code_for(end, summary);
    const state::Ending ending{std::string(dispatch::name(end.run.reason)), code, clock.wall(),
                               to_json_text(end.counters)};
    fill_in(ending, summary);
    auto written = report::write_undo_files(summary, *removals, run->output_directory);
    auto ended = parts.store.end_run(parts.run, ending);
    auto printed = print(parts.json ? report::to_json_text(summary)
                                    : report::undo_text(summary, run->output_directory));
    if (end.run.error)
        complain(*end.run.error, end.run.request_id);
    for (const Result<>& step : {written, ended, printed}) {
        if (!step)
            return std::unexpected(step.error());
    }
    return code;
}

namespace {

// Whom it is about now. An undo that died between its beginning and its list of removals has
// sent nothing, so all is worked out again; else those are dropped whom others have seen to.
Result<> renew_removals(state::Store& store, const state::RunRecord& undo,
                        const RecordedUndo& options) {
    if (!undo.undoes)
        return {};
    const state::UndoScope scope{options.include_answer_lost,
                                 std::string(apollo::name(options.mode))};
    if (undo.planned_rows) {
        const auto dropped = store.drop_removals(undo.id, *undo.undoes, scope);
        if (!dropped)
            return std::unexpected(dropped.error());
        if (*dropped > 0)
            note(joined(counted(*dropped, "contact"),
                        " left out: removed by another undo meanwhile, or added by another run"));
        return {};
    }
    auto contacts = store.added_contacts(*undo.undoes, scope);
    if (!contacts)
        return std::unexpected(std::move(contacts.error()));
    return store.record_removals(undo.id, *contacts, RemovalBook::requests_for(*contacts));
}

}  // namespace

Result<int> resume_undo(ChosenRun chosen, const ResumeOptions& given) {
    auto options = recorded_undo(chosen.record);
    if (!options)
        return std::unexpected(std::move(options.error()));
    apply(given.pace, options->connection);
    // As while it was begun: nobody resumes the load, or undoes it a second time, meanwhile.
    if (chosen.record.undoes) {
        if (auto taken = chosen.store->take(*chosen.record.undoes); !taken)
            return std::unexpected(std::move(taken.error()));
    }
    auto api = open_api(chosen.record.api_url, options->connection, process_environment());
    if (!api)
        return std::unexpected(std::move(api.error()));
    compare_keys(chosen.record, api->credentials.fingerprint());
    if (auto reopened = chosen.store->reopen(chosen.record.id, chosen.record.team); !reopened)
        return std::unexpected(std::move(reopened.error()));
    if (auto renewed = renew_removals(*chosen.store, chosen.record, *options); !renewed)
        return std::unexpected(std::move(renewed.error()));
    Random random;
    return send_undo({.store = *chosen.store,
                      .run = chosen.record.id,
                      .options = *options,
                      .api = *api,
                      .random = random,
                      .taken_up_again = true,
                      .json = given.run.json,
                      .quiet = given.run.quiet});
}

}  // namespace seqload::app

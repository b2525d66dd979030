#include "seqload/app/verify_command.hpp"

#include "seqload/app/chosen_run.hpp"
#include "seqload/app/errand_sending.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/recorded_options.hpp"
#include "seqload/app/run_report.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/verify_book.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <cstdint>
#include <utility>

namespace seqload::app {

namespace {

void tell_what_cannot_be_verified(const state::Store& store, const state::RunId& run) {
    if (const auto labels = store.label_rows_in_doubt(run); labels && *labels > 0) {
        note(joined(counted(*labels, "label row"),
                    " in doubt cannot be verified: Apollo tells of contacts only"));
    }
    if (const auto open = store.open_batches(run); open && !open->empty()) {
        note(joined("run ", run, " is not finished; `seqload resume ", run,
                    "` settles the rows that are still on their way"));
    }
}

// The run's rows have changed: so may its exit code, and its reports have to.
Result<int> report(state::Store& store, state::RunRecord run, const LoadOptions& options,
                   const VerifyOptions& given) {
    auto counts = store.counts(run.id);
    if (!counts)
        return std::unexpected(std::move(counts.error()));
    const int code =
        exit_code_of(dispatch::StopReason::finished, counts->rows, options.fail_on_skipped, 0);
    if (run.ending && run.ending->stop_reason == "finished" && run.ending->exit_code != code) {
        run.ending->exit_code = code;
        if (auto ended = store.end_run(run.id, *run.ending); !ended)
            return std::unexpected(std::move(ended.error()));
    }
    auto reports = report_again(store, run, options, run.output_directory);
    if (!reports)
        return std::unexpected(std::move(reports.error()));
    if (auto printed = print_summary(*reports, options, given.run.json); !printed)
        return std::unexpected(std::move(printed.error()));
    if (!reports->files)
        return std::unexpected(std::move(reports->files.error()));
    return code;
}

// A list of steps, each of which may end it. NOLINTNEXTLINE(readability-function-size)
Result<int> verify(const VerifyOptions& given) {
    auto chosen = choose_run(given.run);
    if (!chosen)
        return std::unexpected(std::move(chosen.error()));
    const state::RunRecord& run = chosen->record;
    state::Store& store = *chosen->store;
    if (run.command != "load") {
        return fail(ErrorKind::usage,
                    "only a load can be verified, and this is of `" + run.command + "`",
                    "run " + run.id, "`seqload runs` lists all of them");
    }
    if (auto taken = store.take(run.id); !taken)
        return std::unexpected(std::move(taken.error()));
    auto options = recorded_load_options(run);
    if (!options)
        return std::unexpected(std::move(options.error()));
    apply(given.pace, options->connection);
    auto plan = store.plan(run.id);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    auto rows = store.rows_to_verify(run.id, given.all);
    if (!rows)
        return std::unexpected(std::move(rows.error()));
    tell_what_cannot_be_verified(store, run.id);
    if (!*plan || rows->empty()) {
        remark(LogLevel::info, joined("no contact of run ", run.id, " is in doubt"));
        // One that was killed may have settled the last of them without reporting it.
        return *plan ? report(store, run, *options, given) : Result<int>(exit_code::done);
    }

    auto api = open_api(run.api_url, options->connection, process_environment());
    if (!api)
        return std::unexpected(std::move(api.error()));
    compare_keys(run, api->credentials.fingerprint());
    if (!given.run.quiet)
        say(joined("Reading back ", counted(rows->size(), "contact"), " of run ", run.id, "\n"));
    Random random;
    const SystemClock clock(options->connection.time_scale);
    const std::uint64_t items = rows->size();
    VerifyBook book(std::move(*rows), (*plan)->targets, run.started_at, api->credentials,
                    "seqload/" SEQLOAD_VERSION);
    auto end = carry_out_errands({options->connection, *api, clock, random, store, run.id, book,
                                  items, given.run.quiet, "/contacts/{id}"});
    if (!end)
        return std::unexpected(std::move(end.error()));
    if (book.unsettled() > 0) {
        remark(LogLevel::warning, joined(counted(book.unsettled(), "row"),
                                         " could not be verified: ", printable(book.trouble())));
    }
    auto code = report(store, run, *options, given);
    if (end->run.error)
        complain(*end->run.error, end->run.request_id);
    if (code && end->run.reason != dispatch::StopReason::finished)
        return exit_code_of(end->run.reason, {}, false, end->signal);
    return code;
}

}  // namespace

int run_verify(const VerifyOptions& options) {
    const auto code = verify(options);
    if (code)
        return *code;
    complain(code.error());
    return exit_code_of(code.error().kind);
}

}  // namespace seqload::app

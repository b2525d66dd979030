#include "seqload/app/undo_command.hpp"

#include "any_number.hpp"
#include "seqload/app/chosen_run.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/log.hpp"
#include "seqload/app/places.hpp"
#include "seqload/app/question.hpp"
#include "seqload/app/removal_book.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/undoing.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

constexpr std::size_t most_sequences = 20;

struct UndoPlan {
    std::string text;
    std::uint64_t sequences = 0;
    std::uint64_t requests = 0;
};

// The contacts are ordered by sequence.
UndoPlan plan_of(std::span<const state::AddedContact> contacts, const state::RunId& run,
                 apollo::RemovalMode mode) {
    UndoPlan plan;
    for (std::size_t begin = 0; begin < contacts.size();) {
        std::size_t end = begin;
        while (end < contacts.size() && contacts[end].sequence == contacts[begin].sequence)
            ++end;
        const std::uint64_t requests = RemovalBook::requests_for(end - begin);
        if (plan.sequences++ < most_sequences) {
            plan.text +=
                joined("  ", contacts[begin].sequence.text(), "  ", counted(end - begin, "contact"),
                       ", ", counted(requests, "request"), "\n");
        }
        plan.requests += requests;
        begin = end;
    }
    if (plan.sequences > most_sequences)
        plan.text +=
            joined("  … and ", counted(plan.sequences - most_sequences, "sequence"), " more\n");
    plan.text = joined("Run ", run, " added ", counted(contacts.size(), "contact"), " to ",
                       counted(plan.sequences, "sequence"), "; mode ", apollo::name(mode), ":\n",
                       plan.text);
    return plan;
}

// What is still open is neither added nor not: an undo cannot know.
void tell_open_rows(const state::Store& store, const state::RunId& run) {
    const auto open = store.open_batches(run);
    if (!open || open->empty())
        return;
    std::uint64_t rows = 0;
    for (const state::OpenBatch& batch : *open)
        rows += batch.content.size();
    note(joined(counted(rows, "row"), " of run ", run,
                " were sent without an answer and are left alone; `seqload resume ", run,
                "` settles them"));
}

// A list of steps, each of which may end it. NOLINTNEXTLINE(readability-function-size)
Result<int> undo(const UndoOptions& options) {
    auto chosen = choose_run(options.run);
    if (!chosen)
        return std::unexpected(std::move(chosen.error()));
    const state::RunRecord& load = chosen->record;
    state::Store& store = *chosen->store;
    if (load.command != "load") {
        return fail(ErrorKind::usage,
                    "only a load can be undone, and this is of `" + load.command + "`",
                    "run " + load.id, "`seqload runs` lists all of them");
    }
    // Held while it is undone: nobody resumes it meanwhile.
    if (auto taken = store.take(load.id); !taken)
        return std::unexpected(std::move(taken.error()));
    auto contacts = store.added_contacts(
        load.id, {options.include_answer_lost, std::string(apollo::name(options.mode))});
    if (!contacts)
        return std::unexpected(std::move(contacts.error()));
    tell_open_rows(store, load.id);
    if (contacts->empty()) {
        remark(LogLevel::info, joined("nothing to undo: run ", load.id,
                                      " has added nobody who is not removed already"));
        return exit_code::done;
    }
    const UndoPlan plan = plan_of(*contacts, load.id, options.mode);
    if (!options.run.quiet)
        say(plan.text);
    if (!options.yes) {
        if (!somebody_to_ask()) {
            return fail(ErrorKind::usage, "there is no terminal to ask on before removing", "--yes",
                        "look at the plan above, then give --yes");
        }
        if (ask(joined("Send ", counted(plan.requests, "request"), " for ",
                       counted(contacts->size(), "contact"), "?")) != Reply::yes) {
            remark(LogLevel::info, "nothing was sent");
            return exit_code::usage;
        }
    }

    RecordedUndo recorded{.connection = {},
                          .mode = options.mode,
                          .include_answer_lost = options.include_answer_lost,
                          .yes = true};
    apply(options.pace, recorded.connection);
    const auto environment = process_environment();
    auto api = open_api(load.api_url, recorded.connection, environment);
    if (!api)
        return std::unexpected(std::move(api.error()));
    compare_keys(load, api->credentials.fingerprint());

    Random random;
    const WallTime started_at = SystemClock().wall();
    const state::RunId run = state::make_run_id(started_at, random.below(any_number));
    auto directory = output_directory(options.output_directory, run);
    if (!directory)
        return std::unexpected(std::move(directory.error()));
    auto state_path = state_file(options.run.state_file, environment);
    if (!state_path)
        return std::unexpected(std::move(state_path.error()));
    if (auto ready = prepare_places(*directory, *state_path, {}); !ready)
        return std::unexpected(std::move(ready.error()));
    const auto begun = store.begin_run({.id = run,
                                        .command = "undo",
                                        .api_url = load.api_url,
                                        .team = load.team,
                                        .options_json = to_json_text(recorded),
                                        .output_directory = directory->string(),
                                        .started_at = started_at,
                                        .inputs = {},
                                        .undoes = load.id});
    if (!begun)
        return std::unexpected(begun.error());
    Log::of_process().about_run(run);
    if (auto kept = store.record_removals(run, *contacts, plan.requests); !kept)
        return std::unexpected(std::move(kept.error()));
    return send_undo({.store = store,
                      .run = run,
                      .options = recorded,
                      .api = *api,
                      .random = random,
                      .json = options.run.json,
                      .quiet = options.run.quiet});
}

}  // namespace

int run_undo(const UndoOptions& options) {
    const auto code = undo(options);
    if (code)
        return *code;
    complain(code.error());
    return exit_code_of(code.error().kind);
}

}  // namespace seqload::app

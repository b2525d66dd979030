#include "state/run_steps.hpp"

#include <utility>

namespace seqload::state {

namespace {

const RunId undo_step_id = "20261124-080000-undo";

Step ending(std::string stop_reason, int second) {
    return [stop_reason = std::move(stop_reason), second](Store& store) {
        return store.end_run(run_id, {.stop_reason = stop_reason,
                                      .exit_code = 1,
                                      .finished_at = at(second),
                                      .counters_json = "{}"});
    };
}

// Row 8 is a label, and two contacts carry it.
const std::vector<ExpandedLabel> two_expanded{{.row = 8, .target = 0, .first = 101, .contacts = 2}};

Plan plan_with_label() {
    Plan plan = plan_of(two_targets());
    plan.expanded_labels =
        InputFile{.name = "expanded-labels.csv", .path = "/out/expanded-labels.csv"};
    return plan;
}

Result<void> start_undo(Store& store) {
    NewRun undo = new_run(undo_step_id);
    undo.command = "undo";
    undo.undoes = run_id;
    return store.begin_run(undo);
}

Result<void> plan_undo(Store& store) {
    const auto contacts = store.added_contacts(run_id, {});
    if (!contacts)
        return std::unexpected(contacts.error());
    return store.record_removals(undo_step_id, *contacts, 1);
}

Result<void> remove_first(Store& store) {
    const std::vector<Change> changes{
        RemovalsInFlight{.contacts = 2, .retried = false, .at = at(30)},
        RemovalsSettled{.outcomes = {{.number = 1, .status = RemovalStatus::removed}},
                        .leaves_sequence = true,
                        .http_status = 200,
                        .attempts = 1,
                        .request_id = "r-30",
                        .at = at(31)}};
    return store.apply(undo_step_id, changes);
}

}  // namespace

Step applying(std::vector<Change> changes) {
    return [changes = std::move(changes)](Store& store) { return store.apply(run_id, changes); };
}

std::vector<Step> small_run() {
    return {
        [](Store& store) { return store.begin_run(new_run()); },
        applying({RowsSettled{.outcomes = all({2}, RowStatus::invalid, "bad_flag", "maybe"),
                              .at = at(1)}}),
        [](Store& store) { return store.expand_labels(run_id, two_expanded, at(1)); },
        [](Store& store) { return store.restart_plan(run_id); },
        [](Store& store) { return store.expand_labels(run_id, two_expanded, at(1)); },
        applying({RowsSettled{.outcomes = all({2}, RowStatus::invalid, "bad_flag", "maybe"),
                              .at = at(1)}}),
        [](Store& store) { return store.record_plan(run_id, plan_with_label()); },
        applying({in_flight(1, contacts({1, 3, 4, 6})), in_flight(2, label(5, "VIP"))}),
        applying({BatchInDoubt{.batch = 1, .at = at(2)},
                  BatchWaiting{.batch = 2, .rate_limited = true, .at = at(2)}}),
        applying({in_flight(1, std::nullopt, 2, 3)}),
        applying({BatchSplit{
            .batch = 1, .halves = {{3, contacts({1, 3})}, {4, contacts({4, 6})}}, .at = at(4)}}),
        applying({in_flight(3, std::nullopt), in_flight(2, std::nullopt, 2)}),
        applying({settled(3, all({1, 3}, RowStatus::added, "paused", "unverified")),
                  BatchSettled{.batch = 2,
                               .outcomes = all({5}, RowStatus::added),
                               .label_contacts = {{5, id(50), RowStatus::added, ""}},
                               .http_status = 200,
                               .attempts = 2,
                               .at = at(5)}}),
        ending("interrupted", 6),
        [](Store& store) { return store.take(run_id); },
        [](Store& store) { return store.reopen(run_id, new_run().team); },
        applying({in_flight(6, contacts({101, 102}))}),
        applying({settled(6, all({101, 102}, RowStatus::added), 7)}),
        applying({settled(4, all({4, 6}, RowStatus::unconfirmed, "answer_lost")),
                  BatchSettled{.batch = 5,
                               .content = contacts({7}, 1),
                               .outcomes = all({7}, RowStatus::failed, "sequence_not_found"),
                               .at = at(8)}}),
        ending("finished", 9),
        applying({RowsVerified{.outcomes = all({4}, RowStatus::added), .at = at(20)},
                  RequestsCounted{.sent = 1}}),
        start_undo,
        plan_undo,
        remove_first,
    };
}

std::vector<std::string> facts_after_each(const std::vector<Step>& steps) {
    const auto store = must(Store::open_in_memory());
    std::vector<std::string> facts{facts_of(*store)};
    for (const Step& step : steps) {
        must(step(*store));
        facts.push_back(facts_of(*store));
    }
    return facts;
}

}  // namespace seqload::state

// Random lives of batches, against a model in memory.

#include "state/state_fixture.hpp"
#include "support/failing_vfs.hpp"
#include "support/temporary_directory.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::state {

namespace {

// What the state has to know, without any of the ways in which it knows it.
struct Model {
    std::map<RowNumber, Outcome> outcomes;
    std::map<BatchNumber, OpenBatch> open;
    std::map<RowNumber, BatchNumber> batch_of;  // of the rows that were settled in one
};

// Makes changes out of drawn numbers, each of them valid after those before it.
class Storyteller {
public:
    const Model& model() const { return model_; }

    Change tell(std::uint32_t what, std::uint32_t which, std::uint32_t how_many) {
        if (model_.open.empty() || what % 3 == 0)
            return what % 2 == 0 ? start_batch(how_many) : settle_rows(how_many);
        auto chosen = model_.open.begin();
        std::advance(chosen, which % model_.open.size());
        return go_on(chosen->second, what / 3);
    }

private:
    std::vector<RowNumber> new_rows(std::uint32_t count) {
        std::vector<RowNumber> rows(count % 5 + 1);
        for (RowNumber& row : rows)
            row = next_row_++;
        return rows;
    }

    std::vector<Outcome> outcomes(const std::vector<RowNumber>& rows) {
        std::vector<Outcome> told;
        for (const RowNumber row : rows) {
            auto outcome = all({row}, row_statuses.at(row % 8), "reason_" + std::to_string(row % 7),
                               row % 3 == 0 ? "detail " + std::to_string(row % 11) : "");
            outcome.front().contacts_added = row % 2 == 0 ? std::optional(row) : std::nullopt;
            told.push_back(outcome.front());
            model_.outcomes.emplace(row, told.back());
        }
        return told;
    }

    Change settle_rows(std::uint32_t count) {
        return RowsSettled{.outcomes = outcomes(new_rows(count)), .at = at(1)};
    }

    Change start_batch(std::uint32_t count) {
        const BatchNumber number = next_batch_++;
        Batch content = count % 4 == 0 ? label(next_row_++, "label " + std::to_string(count))
                                       : contacts(new_rows(count), count % 2);
        if (count % 7 == 0)  // its target is dead already
            return settle(number, std::move(content), false);
        model_.open[number] = {
            .number = number, .content = content, .state = BatchState::in_flight, .attempts = 1};
        return in_flight(number, std::move(content));
    }

    Change go_on(OpenBatch& batch, std::uint32_t how) {
        if (how % 5 == 0)
            return settle(batch.number, batch.content, true);
        if (!may_have_been_carried_out(batch.state) || batch.state == BatchState::in_doubt) {
            batch.state = *go_in_flight(batch.state);
            return in_flight(batch.number, std::nullopt, ++batch.attempts);
        }
        if (how % 5 == 1 && batch.content.size() > 1)
            return cut(batch);
        if (how % 5 < 3) {
            batch.state = *come_back(batch.state);
            return BatchWaiting{.batch = batch.number, .at = at(2)};
        }
        batch.state = *lose_answer(batch.state);
        return BatchInDoubt{.batch = batch.number, .at = at(2)};
    }

    Change settle(BatchNumber number, Batch content, bool known) {
        std::vector<RowNumber> rows;
        for (const ContactRow& contact : content.contacts)
            rows.push_back(contact.row);
        for (const LabelRow& text : content.labels)
            rows.push_back(text.row);
        for (const RowNumber row : rows)
            model_.batch_of[row] = number;
        model_.open.erase(number);
        return BatchSettled{.batch = number,
                            .content = known ? std::nullopt : std::optional(std::move(content)),
                            .outcomes = outcomes(rows),
                            .at = at(3)};
    }

    Change cut(const OpenBatch& batch) {
        BatchSplit change{.batch = batch.number, .halves = {}, .at = at(4)};
        const auto& rows = batch.content.contacts;
        const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
        for (const auto& [from, to] : {std::pair(rows.begin(), middle), {middle, rows.end()}}) {
            const Batch half{.target = batch.content.target, .contacts = {from, to}, .labels = {}};
            const BatchNumber number = next_batch_++;
            change.halves.emplace_back(number, half);
            model_.open[number] = {
                .number = number, .content = half, .state = half_of(batch.state), .attempts = 0};
        }
        model_.open.erase(batch.number);
        return change;
    }

    Model model_;
    RowNumber next_row_ = 1;
    BatchNumber next_batch_ = 1;
};

void compare(const Store& store, const Model& model) {
    const auto recorded = outcomes_of(store);
    RC_ASSERT(recorded.size() == model.outcomes.size());
    auto expected = model.outcomes.begin();
    for (const RecordedOutcome& outcome : recorded) {
        RC_ASSERT(outcome.outcome == expected->second);
        const auto batch = model.batch_of.find(expected->first);
        RC_ASSERT(outcome.batch ==
                  (batch == model.batch_of.end() ? std::nullopt : std::optional(batch->second)));
        ++expected;
    }
    std::vector<OpenBatch> open;
    for (const auto& [number, batch] : model.open)
        open.push_back(batch);
    RC_ASSERT(must(store.open_batches(run_id)) == open);

    StatusCounts counts;
    for (const auto& [row, outcome] : model.outcomes)
        ++counts[outcome.status];
    RC_ASSERT(must(store.counts(run_id)).rows == counts);
}

struct Draw {
    std::uint32_t what;
    std::uint32_t which;
    std::uint32_t how_many;
    std::uint32_t then;  // what follows: nothing, a commit, a commit and a new store
};

}  // namespace

TEST_CASE("whatever happens to batches, the state tells it after it was opened anew") {
    const test::FailingVfs without_syncs;  // does not fail here, and spares the disk
    CHECK(rc::check([&] {
        const test::TemporaryDirectory directory;
        const auto file = directory.path() / "state.db";
        const OpenOptions options{.vfs = without_syncs.name()};
        auto store = begun(open_store(file, options));
        Storyteller storyteller;
        std::vector<Change> group;
        const auto draws = *rc::gen::resize(
            60,
            rc::gen::container<std::vector<Draw>>(rc::gen::construct<Draw>(
                rc::gen::inRange<std::uint32_t>(0, 30), rc::gen::inRange<std::uint32_t>(0, 100),
                rc::gen::inRange<std::uint32_t>(0, 100), rc::gen::inRange<std::uint32_t>(0, 8))));
        for (const Draw& draw : draws) {
            group.push_back(storyteller.tell(draw.what, draw.which, draw.how_many));
            if (draw.then > 1)
                continue;
            must(store->apply(run_id, group));
            group.clear();
            if (draw.then == 0) {
                store = open_store(file, options);
                compare(*store, storyteller.model());
            }
        }
        must(store->apply(run_id, group));
        store.reset();
        compare(*open_store(file, options), storyteller.model());
    }));
}

}  // namespace seqload::state

// Random runs, in which outcomes are shared by batches, deviate from them and are verified: whoever
// reads outcomes finds the same as in a plain list of them.

#include "seqload/model/label_fate.hpp"
#include "state/state_fixture.hpp"
#include "support/failing_vfs.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::state {

namespace {

constexpr RowNumber rows_of_input = 24;

// A row as the list has it.
struct Listed {
    Outcome outcome;
    std::optional<BatchNumber> batch;
    TargetIndex target = 0;
    WallTime settled_at;
    bool verified = false;
};

// Tells a random run to a store, and keeps the list.
class RandomRun {
public:
    explicit RandomRun(std::uint32_t seed) : random_(seed) {
        if (coin(2))
            expand_labels();
        for (RowNumber row = 1; row < end_; ++row) {
            if (row > rows_of_input || std::ranges::find(label_rows_, row) == label_rows_.end())
                rows_.push_back(row);
        }
        std::ranges::shuffle(rows_, random_);
    }

    // One more transaction; nullopt: nothing is left to tell.
    std::optional<std::vector<Change>> tell() {
        if (coin(3)) {
            if (const auto row = any_sent())
                return std::vector<Change>{verify(*row)};
        }
        const std::size_t count = std::min<std::size_t>(1 + draw(9), rows_.size());
        if (count == 0)
            return std::nullopt;
        std::vector<RowNumber> rows(rows_.end() - static_cast<std::ptrdiff_t>(count), rows_.end());
        rows_.resize(rows_.size() - count);
        if (!coin(6))
            std::ranges::sort(rows);
        return settle(rows);
    }

    const std::vector<ExpandedLabel>& labels() const { return labels_; }
    const std::map<RowNumber, Listed>& list() const { return list_; }
    const std::set<RowNumber>& in_flight_rows() const { return in_flight_; }
    RowNumber end() const { return end_; }
    bool is_of_input(RowNumber row) const { return row <= rows_of_input; }

private:
    std::uint32_t draw(std::uint32_t below) {
        return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random_);
    }
    bool coin(std::uint32_t one_in) { return draw(one_in) == 0; }

    void expand_labels() {
        label_rows_ = {5, 11, 20};
        RowNumber next = rows_of_input + 1;
        for (const RowNumber row : label_rows_) {
            labels_.push_back({.row = row, .target = draw(2), .first = next, .contacts = draw(7)});
            next += labels_.back().contacts;
        }
        end_ = next;
    }

    // Of few kinds, so that many are alike.
    Outcome outcome(RowNumber row, std::uint32_t kind) {
        static const std::vector<std::pair<RowStatus, std::string>> kinds{
            {RowStatus::added, ""},
            {RowStatus::added, "paused"},
            {RowStatus::already_in_sequence, "answer_lost"},
            {RowStatus::already_in_sequence, "there"},
            {RowStatus::skipped, "there"},
            {RowStatus::failed, "rejected"},
            {RowStatus::unconfirmed, "answer_lost"},
            {RowStatus::unconfirmed, "not_named"}};
        const auto& [status, reason] = kinds[kind % kinds.size()];
        Outcome told = all({row}, status, reason, kind % 3 == 0 ? "as was said" : "").front();
        if (kind % 5 == 0)
            told.detail += " of row " + std::to_string(row);
        if (kind % 2 == 0) {
            told.contacts_added = status == RowStatus::added ? 1 : 0;
            told.contacts_skipped = status == RowStatus::added ? 0 : 1;
        }
        return told;
    }

    std::vector<Outcome> outcomes(const std::vector<RowNumber>& rows, Listed like) {
        const std::uint32_t kind = draw(24);
        std::vector<Outcome> told;
        for (const RowNumber row : rows) {
            told.push_back(outcome(row, coin(5) ? draw(24) : kind));
            like.outcome = told.back();
            list_[row] = like;
        }
        std::ranges::shuffle(told, random_);
        return told;
    }

    std::vector<Change> settle(const std::vector<RowNumber>& rows) {
        if (coin(6))
            return {RowsSettled{
                .outcomes = outcomes(
                    rows, {.outcome = {}, .batch = std::nullopt, .settled_at = at(++now_)}),
                .at = at(now_)}};
        const TargetIndex target = draw(2);
        const BatchNumber whole = ++last_batch_;
        std::vector<Change> changes{in_flight(whole, contacts(rows, target))};
        if (rows.size() > 1 && coin(4)) {
            const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
            const std::vector<RowNumber> halves[] = {{rows.begin(), middle}, {middle, rows.end()}};
            changes.push_back(BatchSplit{.batch = whole,
                                         .halves = {{whole + 1, contacts(halves[0], target)},
                                                    {whole + 2, contacts(halves[1], target)}},
                                         .at = at(1)});
            last_batch_ += 2;
            changes.push_back(settle_batch(whole + 1, halves[0], target));
            changes.push_back(settle_batch(whole + 2, halves[1], target));
        } else if (coin(6)) {
            in_flight_.insert(rows.begin(), rows.end());
        } else {
            changes.push_back(settle_batch(whole, rows, target));
        }
        return changes;
    }

    Change settle_batch(BatchNumber batch, const std::vector<RowNumber>& rows, TargetIndex target) {
        const int second = ++now_;
        return settled(
            batch,
            outcomes(rows,
                     {.outcome = {}, .batch = batch, .target = target, .settled_at = at(second)}),
            second);
    }

    std::optional<RowNumber> any_sent() {
        std::vector<RowNumber> sent;
        for (const auto& [row, listed] : list_) {
            if (listed.batch)
                sent.push_back(row);
        }
        return sent.empty() ? std::nullopt
                            : std::optional(sent[draw(static_cast<std::uint32_t>(sent.size()))]);
    }

    Change verify(RowNumber row) {
        Listed& listed = list_.at(row);
        listed.outcome = outcome(row, draw(24));
        listed.settled_at = at(++now_);
        listed.verified = true;
        return RowsVerified{.outcomes = {listed.outcome}, .at = listed.settled_at};
    }

    std::mt19937 random_;
    std::vector<RowNumber> label_rows_;
    std::vector<ExpandedLabel> labels_;
    RowNumber end_ = rows_of_input + 1;
    std::vector<RowNumber> rows_;  // still to tell
    std::map<RowNumber, Listed> list_;
    std::set<RowNumber> in_flight_;
    BatchNumber last_batch_ = 0;
    int now_ = 10;
};

void check_plan(const Store& store, const RandomRun& run) {
    const auto recorded = all_of(store.outcomes(run_id, OutcomesOf::plan));
    RC_ASSERT(recorded.size() == run.list().size());
    auto expected = run.list().begin();
    for (const RecordedOutcome& one : recorded) {
        const Listed& listed = (expected++)->second;
        RC_ASSERT(one.outcome == listed.outcome);
        RC_ASSERT(one.batch == listed.batch);
        RC_ASSERT(one.settled_at == listed.settled_at);
        RC_ASSERT(one.verified == listed.verified);
        RC_ASSERT(one.http_status.has_value() == listed.batch.has_value());
        RC_ASSERT(one.request_id ==
                  (listed.batch ? "request-" + std::to_string(*listed.batch) : ""));
    }
    const auto done = must(store.settled_rows(run_id));
    for (RowNumber row = 0; row < run.end(); ++row)
        RC_ASSERT((row < done.size() && done[row]) == run.list().contains(row));
}

// The fate of each label, and when it was settled, from the list.
std::vector<std::pair<Outcome, WallTime>> fates(const RandomRun& run) {
    std::vector<std::pair<Outcome, WallTime>> told;
    for (const ExpandedLabel& label : run.labels()) {
        MemberTally tally(label.contacts);
        WallTime settled_at = at(1);
        for (RowNumber row = label.first; label.holds(row); ++row) {
            const auto listed = run.list().find(row);
            if (listed == run.list().end())
                continue;
            const Outcome& outcome = listed->second.outcome;
            tally.add(outcome.status, outcome.reason, outcome.detail, 1);
            tally.add_people(outcome.contacts_added.value_or(0),
                             outcome.contacts_skipped.value_or(0));
            settled_at = std::max(settled_at, listed->second.settled_at);
        }
        for (const RowNumber row : run.in_flight_rows())
            tally.add(RowStatus::unconfirmed, "answer_lost", "", label.holds(row) ? 1 : 0);
        told.emplace_back(label_fate(label.row, tally), settled_at);
    }
    return told;
}

void check_input(const Store& store, const RandomRun& run) {
    std::map<RowNumber, std::pair<Outcome, WallTime>> expected;
    for (const auto& [row, listed] : run.list()) {
        if (run.is_of_input(row))
            expected[row] = {listed.outcome, listed.settled_at};
    }
    for (const auto& fate : fates(run))
        expected[fate.first.row] = fate;
    const auto recorded = outcomes_of(store);
    RC_ASSERT(recorded.size() == expected.size());
    auto next = expected.begin();
    for (const RecordedOutcome& one : recorded) {
        RC_ASSERT(one.outcome == next->second.first);
        RC_ASSERT(one.settled_at == next->second.second);
        ++next;
    }
}

void check_counts(const Store& store, const RandomRun& run) {
    Counts expected;
    const auto count_row = [&expected](const Outcome& outcome) {
        ++expected.rows[outcome.status];
        if (!outcome.reason.empty())
            ++expected.reasons[outcome.status][outcome.reason];
    };
    for (const auto& [row, listed] : run.list()) {
        const std::uint64_t added = listed.outcome.contacts_added.value_or(0);
        const std::uint64_t skipped = listed.outcome.contacts_skipped.value_or(0);
        expected.contacts_added += added;
        expected.contacts_skipped += skipped;
        if (run.is_of_input(row))
            count_row(listed.outcome);
        if (!listed.batch)
            continue;
        TargetCounts& target = expected.targets[listed.target];
        target.contacts_added += added;
        target.contacts_skipped += skipped;
        target.rows[listed.outcome.status] += run.is_of_input(row) ? 1 : 0;
    }
    for (std::size_t i = 0; i < run.labels().size(); ++i) {
        const Outcome fate = fates(run)[i].first;
        if (fate.status == RowStatus::not_attempted)
            continue;
        count_row(fate);
        ++expected.targets[run.labels()[i].target].rows[fate.status];
    }
    RC_ASSERT(must(store.counts(run_id)) == expected);
}

void check_doubts(const Store& store, const RandomRun& run, bool all_added) {
    std::vector<DoubtfulRow> expected;
    for (const auto& [row, listed] : run.list()) {
        const RowStatus status = listed.outcome.status;
        const bool doubtful = status == RowStatus::unconfirmed ||
                              listed.outcome.reason == "answer_lost" ||
                              (all_added && status == RowStatus::added);
        if (listed.batch && !listed.verified && doubtful)
            expected.push_back(
                {.row = row, .contact = id(row), .target = listed.target, .status = status});
    }
    RC_ASSERT(must(store.rows_to_verify(run_id, all_added)) == expected);
}

void check_added(const Store& store, const RandomRun& run, bool include_answer_lost) {
    std::vector<AddedContact> expected;
    for (const auto& [row, listed] : run.list()) {
        const Outcome& outcome = listed.outcome;
        const bool perhaps = include_answer_lost && outcome.reason == "answer_lost" &&
                             outcome.status == RowStatus::already_in_sequence;
        if (listed.batch && (outcome.status == RowStatus::added || perhaps))
            expected.push_back({.row = input_row(run.labels(), row),
                                .contact = id(row),
                                .sequence = two_targets()[listed.target].sequence});
    }
    std::ranges::sort(expected, {}, [](const AddedContact& one) {
        return std::tie(one.sequence, one.row, one.contact);
    });
    RC_ASSERT(must(store.added_contacts(run_id, {.include_answer_lost = include_answer_lost})) ==
              expected);
}

void check_all(const Store& store, const RandomRun& run) {
    check_plan(store, run);
    check_input(store, run);
    check_counts(store, run);
    for (const bool more : {false, true}) {
        check_doubts(store, run, more);
        check_added(store, run, more);
    }
}

}  // namespace

TEST_CASE("however outcomes are shared, all who read them find what a plain list of them has") {
    const test::FailingVfs without_syncs;  // does not fail here, and spares the disk
    CHECK(rc::check([&](std::uint32_t seed) {
        const test::TemporaryDirectory directory;
        const auto file = directory.path() / "state.db";
        const OpenOptions options{.vfs = without_syncs.name()};
        RandomRun run(seed);
        auto store = open_store(file, options);
        must(store->begin_run(new_run()));
        if (!run.labels().empty())
            must(store->expand_labels(run_id, run.labels(), at(1)));
        must(store->record_plan(run_id, plan_of(two_targets())));
        for (std::uint32_t told = 1; const auto changes = run.tell(); ++told) {
            must(store->apply(run_id, *changes));
            if (told % 8 == seed % 8)
                store = open_store(file, options);
            if (told == 6)
                check_all(*store, run);
        }
        store = open_store(file, options);
        check_all(*store, run);
        if (run.list().empty())
            return;
        const auto settled = std::next(run.list().begin(), seed % run.list().size());
        const auto twice = store->apply(
            run_id, std::vector<Change>{RowsSettled{
                        .outcomes = all({settled->first}, RowStatus::invalid), .at = at(9)}});
        RC_ASSERT_FALSE(twice.has_value());
        RC_ASSERT(twice.error().what.ends_with("row " + std::to_string(settled->first) +
                                               " has an outcome already"));
        check_all(*store, run);
    }));
}

}  // namespace seqload::state

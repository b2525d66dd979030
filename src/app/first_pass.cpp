#include "seqload/app/first_pass.hpp"

#include "seqload/app/interruption.hpp"
#include "seqload/app/label_reading.hpp"
#include "seqload/app/ledger_rows.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/settled_rows.hpp"
#include "seqload/app/team_memory.hpp"
#include "seqload/app/unresolved_rows.hpp"
#include "seqload/app/unusable_rows.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

namespace seqload::app {

namespace {

// Of a row that an earlier pass has settled.
Outcome settled_before(const Row& row) {
    Outcome outcome;
    outcome.row = row.number;
    return outcome;
}

// How a run ends whose labels cannot be read: for good where trying again is no use.
std::string stop_reason_for(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::unusable_input:
            return "check_failed";
        case ErrorKind::network:
            return "gave_up";
        default:
            return "not_started";
    }
}

}  // namespace

FirstPass::FirstPass(const Parts& parts) : parts_(parts), end_(parts.end) {}

Result<> FirstPass::carry_out() {
    if (auto judged = judge_rows(); !judged)
        return judged;
    if (auto checked = check_account(); !checked)
        return checked;
    if (parts_.options.allow_partial && check_ && any_error(check_->found)) {
        if (auto failed = fail_unusable_rows(); !failed)
            return end_.by(failed.error(), "input_failed");
    }
    return wants_labels() && check_ && !is_refused() ? expand_labels() : Result<>();
}

bool FirstPass::has_plan() const {
    return !stopped_ || !wants_labels();
}

Result<> FirstPass::read(const TakeOutcome& take_outcome, const KnownRows& known) {
    const Interruption interruption;
    auto read = parts_.input.read(take_outcome, known);
    if (const int signal = Interruption::signal(); signal != 0)
        end_.by_signal(signal, "interrupted");
    return read;
}

Result<KnownRows> FirstPass::rows_known_from_ledger() {
    if (!parts_.options.skip_added)
        return KnownRows{};
    auto ledger = parts_.store.ledger(parts_.options.api_url, parts_.api.credentials.fingerprint());
    if (!ledger)
        return std::unexpected(std::move(ledger.error()));
    return rows_known_from(std::move(*ledger), parts_.input.targets());
}

Result<> FirstPass::judge_rows() {
    auto from_ledger = rows_known_from_ledger();
    if (!from_ledger)
        return std::unexpected(std::move(from_ledger.error()));
    from_ledger_ = std::move(*from_ledger);
    KnownRows known = from_ledger_;
    known.to_send = [this](const Row& row) { take_to_send(row); };
    UnresolvedRows unresolved(parts_.options.plan.read.names, parts_.input.targets());
    unresolved.fail_in(known);
    RowRemarks remarks(parts_.input.files(), parts_.options.plan.quiet);
    SettledRows settled(parts_.store, parts_.run, parts_.clock);
    auto judged = read(
        [&](const Row& row, Outcome outcome) {
            if (outcome.status == RowStatus::already_in_sequence ||
                outcome.status == RowStatus::failed)
                withdraw(row);
            remarks.take(row, outcome);
            return settled.take(std::move(outcome));
        },
        known);
    if (judged)
        judged = settled.flush();
    if (!judged)
        return end_.by(judged.error(), "input_failed");
    remarks.finish();
    require_ids(parts_.input.planner(), parts_.input.targets());
    count_needs();
    return {};
}

// Not for a plan that sends nothing, or is refused for its size whatever Apollo says.
Result<> FirstPass::check_account() {
    const LoadOptions& options = parts_.options;
    const std::uint64_t rows = parts_.input.planner().totals().to_send;
    const bool is_refused_anyway =
        labels_.empty() && options.max_contacts && rows > *options.max_contacts;
    if (rows == 0 || is_refused_anyway || (!options.check && !wants_labels()))
        return {};
    LoadOptions with_what_is_left = options;
    if (parts_.deadline)
        with_what_is_left.connection.deadline = *parts_.deadline - parts_.clock.now();
    auto check = check_load(needs_to_ask_for(), with_what_is_left, parts_.api, parts_.clock,
                            parts_.random, parts_.store, parts_.just_read);
    if (!check)
        return end_.by(check.error(), "not_started");
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

// Without a check only what labels are read with is asked for.
TeamNeeds FirstPass::needs_to_ask_for() const {
    if (parts_.options.check)
        return needs_;
    TeamNeeds labels;
    labels.labels = needs_.labels;
    labels.requests = needs_.requests;
    return labels;
}

// A pass of its own, for a plan without them. Whatever else is not sent is settled.
Result<> FirstPass::fail_unusable_rows() {
    UnusableRows unusable(check_->found, parts_.input.targets());
    labels_.clear();
    KnownRows known;
    known.outcome = [&](const Row& row) -> Result<std::optional<Outcome>> {
        if (is_withdrawn(row))
            return settled_before(row);
        auto outcome = unusable.outcome_of(row);
        if (outcome)
            withdraw(row);
        return outcome;
    };
    known.to_send = [this](const Row& row) { take_to_send(row); };
    SettledRows settled(parts_.store, parts_.run, parts_.clock);
    auto failed = read(
        [&](const Row& /*row*/, Outcome outcome) {
            return outcome.status == RowStatus::failed ? settled.take(std::move(outcome))
                                                       : Result<>();
        },
        known);
    if (failed)
        failed = settled.flush();
    if (failed)
        count_needs();
    return failed;
}

// Nothing would be sent, so nobody needs to be read for it.
bool FirstPass::is_refused() const {
    const auto& most = parts_.options.max_contacts;
    const std::uint64_t contact_rows = parts_.input.planner().totals().to_send - labels_.size();
    return (any_error(check_->found) && !parts_.options.allow_partial) ||
           (most && contact_rows > *most);
}

Result<> FirstPass::expand_labels() {
    std::set<std::string> names;
    for (const LabelToExpand& label : labels_)
        names.insert(label.row.label);
    if (!parts_.options.plan.quiet)
        say(joined("Reading whom ", counted(names.size(), "label"),
                   names.size() == 1 ? " reaches\n" : " reach\n"));
    auto reading = read_labels(
        names, check_->team,
        {parts_.options, parts_.api, parts_.clock, parts_.random, parts_.store, parts_.run});
    if (!reading)
        return end_.by(reading.error(), stop_reason_for(reading.error().kind));
    if (reading->end.reason != dispatch::StopReason::finished) {
        stopped_ =
            SendingEnd{.run = std::move(reading->end), .counters = {}, .signal = reading->signal};
        return {};
    }
    count_members(reading->members);
    for (const std::string& text : reading->notes)
        note(text);

    const auto first = static_cast<RowNumber>(parts_.input.planner().totals().rows) + 1;
    auto expanded = number_members(labels_, reading->members, first);
    if (!expanded)
        return end_.by(expanded.error(), "check_failed");
    const std::filesystem::path file = place_for_expanded_file(parts_.directory, parts_.run);
    auto done = write_expanded_file(file, labels_, reading->members, parts_.input.targets());
    if (done)
        done = parts_.input.add_expanded_labels(file);
    if (done)
        done = parts_.store.expand_labels(parts_.run, *expanded, parts_.clock.wall());
    expanded_ = std::move(*expanded);
    if (done)
        done = judge_members();
    return done ? done : end_.by(done.error(), "input_failed");
}

// From now on the labels reach whoever was read.
void FirstPass::count_members(const LabelMembers& members) {
    for (apollo::Label& label : *check_->team.labels) {
        const auto read = members.find(label.name);
        if (label.for_contacts() && read != members.end())
            label.count = read->second.size();
    }
}

// The same pass again, with the contacts behind the rows. Rows of the input are settled.
Result<> FirstPass::judge_members() {
    const input::InputSet& files = parts_.input.files();
    KnownRows known;
    known.expanded = [this](const Row& row) {
        return std::ranges::binary_search(expanded_, row.number, {}, &state::ExpandedLabel::row);
    };
    known.outcome = [&](const Row& row) -> Result<std::optional<Outcome>> {
        if (is_withdrawn(row))
            return settled_before(row);
        if (from_ledger_.outcome && files.is_ours(row.file))
            return from_ledger_.outcome(row);
        return std::nullopt;
    };
    SettledRows settled(parts_.store, parts_.run, parts_.clock);
    auto judged = read(
        [&](const Row& row, Outcome outcome) {
            return files.is_ours(row.file) ? settled.take(std::move(outcome)) : Result<>();
        },
        known);
    if (judged)
        judged = settled.flush();
    if (!judged)
        return judged;
    needs_.requests = parts_.input.planner().requests();
    // What was failed for its errors is not in the needs any more.
    if (parts_.options.check && !any_error(check_->found))
        check_->found = findings(needs_, check_->team);
    return {};
}

void FirstPass::withdraw(const Row& row) {
    if (withdrawn_.size() <= row.number)
        withdrawn_.resize(std::size_t{row.number} + 1);
    withdrawn_[row.number] = true;
}

bool FirstPass::is_withdrawn(const Row& row) const {
    return row.number < withdrawn_.size() && withdrawn_[row.number];
}

void FirstPass::take_to_send(const Row& row) {
    if (row.is_label())
        labels_.push_back({.row = {.row = row.number, .label = row.label}, .target = row.target});
}

void FirstPass::count_needs() {
    std::map<std::string, std::uint64_t> labels;
    for (const LabelToExpand& label : labels_)
        ++labels[label.row.label];
    needs_ = needs_of(parts_.input.targets(), parts_.input.planner(), std::move(labels));
}

}  // namespace seqload::app

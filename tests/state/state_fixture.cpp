#include "state/state_fixture.hpp"

#include <sstream>

namespace seqload::state {

namespace {

void write(std::ostream& text, const RunRecord& run) {
    text << "run " << run.id << ' ' << run.command << ' ' << run.api_url << ' ' << run.team << ' '
         << run.options_json << ' ' << run.output_directory << ' ' << to_text(run.started_at)
         << ", planned " << run.planned_rows.value_or(0) << " rows in "
         << run.minimum_requests.value_or(0) << "; " << run.requests.sent << " sent, "
         << run.requests.retried << " retried, " << run.requests.rate_limited << " limited"
         << (run.undoes ? "; undoes " + *run.undoes : "") << '\n';
    for (const InputFile& input : run.inputs)
        text << "input " << input.name << ' ' << input.path << ' ' << input.bytes << ' '
             << input.fingerprint << ' ' << input.block_digests.size() << ' ' << input.rows << '\n';
    if (run.expanded_labels)
        text << "labels from " << run.expanded_labels->name << ' ' << run.expanded_labels->path
             << '\n';
    if (run.ending)
        text << "ended " << run.ending->stop_reason << ' ' << run.ending->exit_code << ' '
             << to_text(run.ending->finished_at) << ' ' << run.ending->counters_json << '\n';
}

void write(std::ostream& text, const RecordedOutcome& recorded) {
    const Outcome& outcome = recorded.outcome;
    text << "row " << outcome.row << ' ' << name(outcome.status) << ' ' << full_reason(outcome)
         << " \"" << outcome.detail << "\" " << outcome.contacts_added.value_or(0) << '/'
         << outcome.contacts_skipped.value_or(0) << " in batch " << recorded.batch.value_or(0)
         << ": " << recorded.http_status.value_or(0) << ' ' << recorded.attempts.value_or(0) << ' '
         << recorded.request_id << ' ' << to_text(recorded.settled_at)
         << (recorded.verified ? " verified" : "") << '\n';
}

void write(std::ostream& text, const OpenBatch& batch) {
    text << "batch " << batch.number << ' ' << name(batch.state) << ", " << batch.attempts
         << " attempts, target " << batch.content.target << ':';
    for (const ContactRow& row : batch.content.contacts)
        text << ' ' << row.row << '=' << row.contact.text();
    for (const LabelRow& row : batch.content.labels)
        text << ' ' << row.row << '=' << row.label;
    text << '\n';
}

void write(std::ostream& text, const Removal& removal) {
    text << "removal " << removal.number << " of row " << removal.row << ": "
         << removal.contact.text() << " from " << removal.sequence.text() << ' '
         << name(removal.status) << ' ' << removal.reason << " \"" << removal.detail << "\" "
         << removal.http_status.value_or(0) << ' ' << removal.attempts << ' ' << removal.request_id
         << ' ' << (removal.settled_at ? to_text(*removal.settled_at) : "") << '\n';
}

}  // namespace

Id id(std::uint32_t number) {
    std::array<std::uint8_t, Id::size> bytes{0x66};
    for (std::size_t i = 0; i < 4; ++i)
        bytes[Id::size - 1 - i] = static_cast<std::uint8_t>(number >> 8 * i & 0xffU);
    return Id(bytes);
}

NewRun new_run(const RunId& name) {
    return {.id = name,
            .command = "load",
            .api_url = "https://api.apollo.io",
            .team = "a1b2c3d4",
            .options_json = R"({"batch_size":100})",
            .output_directory = "/var/seqload-out",
            .started_at = at(0),
            .inputs = {{.name = "people.csv", .path = "/data/people.csv"}}};
}

const TargetTable& two_targets() {
    static const TargetTable table = [] {
        TargetTable targets;
        for (const std::uint32_t number : {1U, 2U}) {
            Target target;
            target.sequence = id(0xa0 + number);
            target.mailboxes = {id(0xb0 + number)};
            targets.intern(target);
        }
        return targets;
    }();
    return table;
}

Plan plan_of(const TargetTable& targets) {
    return {.targets = targets,
            .per_target = std::vector<TargetPlan>(targets.size()),
            .rows = 100,
            .minimum_requests = 2};
}

Batch contacts(const std::vector<RowNumber>& rows, TargetIndex target) {
    Batch batch{.target = target, .contacts = {}, .labels = {}};
    for (const RowNumber row : rows)
        batch.contacts.push_back({row, id(row)});
    return batch;
}

Batch label(RowNumber row, std::string text, TargetIndex target) {
    return {.target = target, .contacts = {}, .labels = {{row, std::move(text)}}};
}

std::vector<Outcome> all(const std::vector<RowNumber>& rows, RowStatus status,
                         std::string_view reason, std::string_view detail) {
    std::vector<Outcome> outcomes;
    for (const RowNumber row : rows) {
        Outcome& outcome = outcomes.emplace_back();
        outcome.row = row;
        outcome.status = status;
        outcome.reason = reason;
        outcome.detail = detail;
    }
    return outcomes;
}

Change in_flight(BatchNumber batch, std::optional<Batch> content, std::uint32_t attempt,
                 int second) {
    return BatchInFlight{
        .batch = batch, .content = std::move(content), .attempt = attempt, .at = at(second)};
}

Change settled(BatchNumber batch, std::vector<Outcome> outcomes, int second) {
    return BatchSettled{.batch = batch,
                        .outcomes = std::move(outcomes),
                        .http_status = 200,
                        .attempts = 1,
                        .request_id = "request-" + std::to_string(batch),
                        .at = at(second)};
}

std::string facts_of(const Store& store) {
    std::ostringstream text;
    for (const RunRecord& run : must(store.runs())) {
        write(text, run);
        if (const auto plan = must(store.plan(run.id)))
            text << "plan of " << plan->targets.size() << " targets\n";
        for (const OpenBatch& batch : must(store.open_batches(run.id)))
            write(text, batch);
        for (const RecordedOutcome& outcome : all_of(store.outcomes(run.id)))
            write(text, outcome);
        for (const ExpandedLabel& label : must(store.expanded_labels(run.id)))
            text << "label of row " << label.row << ", target " << label.target << ": "
                 << label.contacts << " rows from " << label.first << '\n';
        for (const LabelContact& person : all_of(store.label_contacts(run.id)))
            text << "reached " << person.row << ' ' << person.contact.text() << ' '
                 << name(person.status) << ' ' << person.reason << '\n';
        for (const Removal& removal : must(store.removals(run.id)))
            write(text, removal);
        text << "ledger of " << run.team << ": "
             << must(must(store.ledger(run.api_url, run.team)).size()) << '\n';
    }
    return text.str();
}

}  // namespace seqload::state

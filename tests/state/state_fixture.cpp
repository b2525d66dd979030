#include "state/state_fixture.hpp"

#include <sstream>

namespace seqload::state {

namespace {

void write(std::ostream& text, const RunRecord& run) {
    text << "run " << run.id << ' ' << run.command << ' ' << run.api_url << ' ' << run.team << ' '
         << run.options_json << ' ' << run.output_directory << ' ' << to_text(run.started_at)
         << ", planned " << run.planned_rows.value_or(0) << " rows in "
         << run.minimum_requests.value_or(0) << '\n';
    for (const InputFile& input : run.inputs)
        text << "input " << input.name << ' ' << input.path << ' ' << input.bytes << ' '
             << input.fingerprint << ' ' << input.block_digests.size() << ' ' << input.rows << '\n';
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
         << recorded.request_id << ' ' << to_text(recorded.settled_at) << '\n';
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

}  // namespace

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
        for (const LabelContact& person : all_of(store.label_contacts(run.id)))
            text << "reached " << person.row << ' ' << person.contact.text() << ' '
                 << name(person.status) << ' ' << person.reason << '\n';
    }
    return text.str();
}

}  // namespace seqload::state

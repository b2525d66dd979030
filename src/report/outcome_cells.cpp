#include "seqload/report/outcome_cells.hpp"

#include "seqload/model/outcome.hpp"
#include "seqload/state/common_outcome.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace seqload::report {

namespace {

constexpr std::size_t places = 1024;

// What is longer is not kept: a server's words may be of any length.
constexpr std::size_t longest_kept = 1024;

// Whether they differ in nothing that report.csv says, except which row it is.
bool reads_alike(const state::RecordedOutcome& one, const state::RecordedOutcome& other) {
    return state::alike(one.outcome, other.outcome) && one.http_status == other.http_status &&
           one.attempts == other.attempts && one.request_id == other.request_id &&
           one.settled_at == other.settled_at;
}

template <class Number>
void write_if_known(CsvWriter& cells, const std::optional<Number>& number) {
    if (number)
        cells.number(*number);
    else
        cells.empty();
}

}  // namespace

std::string_view OutcomeCells::operator()(const state::RecordedOutcome& recorded) {
    if (!recorded.batch)  // not sent: hardly any two have a detail in common
        return put_into_words(recorded);
    if (remembered_.empty())
        remembered_.resize(places);
    Remembered& place = remembered_[static_cast<std::uint64_t>(*recorded.batch) % places];
    if (!place.cells.empty() && reads_alike(place.recorded, recorded))
        return place.cells;
    const std::string_view cells = put_into_words(recorded);
    if (cells.size() > longest_kept)
        return cells;
    place.recorded = recorded;
    place.cells = cells;
    return place.cells;
}

std::string_view OutcomeCells::put_into_words(const state::RecordedOutcome& recorded) {
    const Outcome& outcome = recorded.outcome;
    words_.clear();
    words_.plain(name(outcome.status));
    if (outcome.same_as == 0)
        words_.free_text(outcome.reason);
    else
        words_.free_text(full_reason(outcome));
    words_.free_text(outcome.detail);
    write_if_known(words_, outcome.contacts_added);
    write_if_known(words_, outcome.contacts_skipped);
    write_if_known(words_, recorded.http_status);
    write_if_known(words_, recorded.attempts);
    words_.free_text(recorded.request_id);
    if (outcome.status == RowStatus::not_attempted)
        words_.empty();
    else
        words_.plain(time_text_(recorded.settled_at));
    words_.end_row();
    return words_.written().substr(0,
                                   words_.written().size() - 1);  // the line's end is none of them
}

}  // namespace seqload::report

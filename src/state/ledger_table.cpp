#include "ledger_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "seqload/base/joined.hpp"
#include "value_rows.hpp"

#include <utility>

namespace seqload::state {

namespace {

constexpr const char* insert_entry = "INSERT INTO ledger (place, source, contact, how) VALUES ";
constexpr const char* unless_known =
    " ON CONFLICT DO UPDATE SET source = excluded.source, how = excluded.how "
    "WHERE excluded.how = 1";

}  // namespace

LedgerTable::LedgerTable(SQLite::Database& database)
    : find_run_(database, "SELECT id, api_url, team FROM runs WHERE run = ?"),
      insert_source_(database, "INSERT OR IGNORE INTO sources (run_id) VALUES (?)"),
      find_source_(database, "SELECT source FROM sources WHERE run_id = ?"),
      insert_place_(database,
                    "INSERT OR IGNORE INTO places (api_url, team, sequence) "
                    "SELECT ?, ?, sequence FROM targets WHERE run = ? AND target = ?"),
      find_place_(database,
                  "SELECT p.place FROM targets t JOIN places p "
                  "ON p.api_url = ? AND p.team = ? AND p.sequence = t.sequence "
                  "WHERE t.run = ? AND t.target = ?"),
      enter_(database, joined(insert_entry, "(?1, ?2, ?3, ?4)", unless_known)),
      enter_many_(database, joined(insert_entry, value_rows("?1, ?2", 3, 2), unless_known)),
      correct_(database,
               "INSERT INTO ledger (place, contact, source, how) VALUES (?, ?, ?, ?) "
               "ON CONFLICT DO UPDATE SET source = excluded.source, how = excluded.how "
               "WHERE source = excluded.source OR (excluded.how = 1 AND how = 2)"),
      remove_(database, "DELETE FROM ledger WHERE place = ? AND contact = ?"),
      remove_by_sequence_(database,
                          "DELETE FROM ledger WHERE contact = ? AND place = (SELECT place "
                          "FROM places WHERE api_url = ? AND team = ? AND sequence = ?)") {}

void LedgerTable::turn_to(std::int64_t run) {
    if (run == run_)
        return;
    start(find_run_, run);
    find_run_.executeStep();
    run_id_ = text_at(find_run_, 0);
    api_url_ = text_at(find_run_, 1);
    team_ = text_at(find_run_, 2);
    find_run_.reset();
    run_ = run;
    source_.reset();
    places_.clear();
}

void LedgerTable::enter(TargetIndex target, std::span<const Known> contacts) {
    if (contacts.empty())
        return;
    const std::int64_t place = place_of(target);
    for (; contacts.size() >= rows_at_once; contacts = contacts.subspan(rows_at_once))
        enter_many(place, contacts.first(rows_at_once));
    for (const Known& known : contacts) {
        const std::string bytes = bytes_of(known.contact);
        carry_out(enter_, place, source(), Blob{bytes}, std::to_underlying(known.how));
    }
}

void LedgerTable::enter_many(std::int64_t place, std::span<const Known> contacts) {
    start(enter_many_, place, source());
    int index = 2;
    for (const Known& known : contacts) {
        const std::string bytes = bytes_of(known.contact);
        bind_value(enter_many_, ++index, Blob{bytes});
        bind_value(enter_many_, ++index, std::to_underlying(known.how));
    }
    enter_many_.exec();
    enter_many_.reset();
}

void LedgerTable::correct(TargetIndex target, const Id& contact, stored::KnownAs how) {
    const std::string bytes = bytes_of(contact);
    carry_out(correct_, place_of(target), Blob{bytes}, source(), std::to_underlying(how));
}

void LedgerTable::remove(TargetIndex target, const Id& contact) {
    const std::string bytes = bytes_of(contact);
    carry_out(remove_, place_of(target), Blob{bytes});
}

void LedgerTable::remove(const Id& sequence, const Id& contact) {
    const std::string sequence_bytes = bytes_of(sequence);
    const std::string contact_bytes = bytes_of(contact);
    carry_out(remove_by_sequence_, Blob{contact_bytes}, api_url_, team_, Blob{sequence_bytes});
}

// Places and sources are never deleted, so what was found once stays right.
std::int64_t LedgerTable::place_of(TargetIndex target) {
    if (const auto known = places_.find(target); known != places_.end())
        return known->second;
    carry_out(insert_place_, api_url_, team_, run_, target);
    start(find_place_, api_url_, team_, run_, target);
    find_place_.executeStep();
    const std::int64_t place = find_place_.getColumn(0).getInt64();
    find_place_.reset();
    places_.emplace(target, place);
    return place;
}

std::int64_t LedgerTable::source() {
    if (source_)
        return *source_;
    carry_out(insert_source_, run_id_);
    start(find_source_, run_id_);
    find_source_.executeStep();
    source_ = find_source_.getColumn(0).getInt64();
    find_source_.reset();
    return *source_;
}

}  // namespace seqload::state

#include "ledger_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "seqload/base/joined.hpp"
#include "value_rows.hpp"

#include <utility>

namespace seqload::state {

namespace {

std::string insert_entries(std::size_t count) {
    return joined("INSERT INTO ledger (place, source, how, contact) VALUES ",
                  value_rows("?1, ?2, ?3", 4, 1, count),
                  " ON CONFLICT DO UPDATE SET source = excluded.source, how = excluded.how "
                  "WHERE excluded.how = 1");
}

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
      entering_{Entering(database, 100), Entering(database, 10), Entering(database, 1)},
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

LedgerTable::Entering::Entering(SQLite::Database& database, std::size_t at_once)
    : contacts(at_once), statement(database, insert_entries(at_once)) {}

void LedgerTable::enter(TargetIndex target, std::span<const Known> contacts) {
    if (contacts.empty())
        return;
    const std::int64_t place = place_of(target);
    // Last those that take the place of others.
    for (const auto how : {stored::KnownAs::found_there, stored::KnownAs::added}) {
        entered_.clear();
        for (const Known& known : contacts) {
            if (known.how == how)
                entered_.push_back(known.contact);
        }
        enter(place, how, entered_);
    }
}

void LedgerTable::enter(std::int64_t place, stored::KnownAs how, std::span<const Id> contacts) {
    for (auto& [at_once, statement] : entering_) {
        for (; contacts.size() >= at_once; contacts = contacts.subspan(at_once)) {
            start(statement, place, source(), std::to_underlying(how));
            int index = 3;
            for (const Id& contact : contacts.first(at_once))
                bind_value(statement, ++index, Blob{bytes_of(contact)});
            statement.exec();
            statement.reset();
        }
    }
}

void LedgerTable::correct(TargetIndex target, const Id& contact, stored::KnownAs how) {
    carry_out(correct_, place_of(target), Blob{bytes_of(contact)}, source(),
              std::to_underlying(how));
}

void LedgerTable::remove(TargetIndex target, const Id& contact) {
    carry_out(remove_, place_of(target), Blob{bytes_of(contact)});
}

void LedgerTable::remove(const Id& sequence, const Id& contact) {
    carry_out(remove_by_sequence_, Blob{bytes_of(contact)}, api_url_, team_,
              Blob{bytes_of(sequence)});
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

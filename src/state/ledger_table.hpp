#pragma once

// The tables of the ledger (places, sources, ledger), as a run writes them.
//
// Throws SQLite::Exception. Within a transaction, and of no use any more after
// one that failed.

#include "known_contacts.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"
#include "seqload/state/stored.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

class LedgerTable {
public:
    explicit LedgerTable(SQLite::Database& database);

    // At the start of each transaction: which run it is about.
    void turn_to(std::int64_t run);

    // The run is looked up anew by the next turn_to.
    void forget_run() { run_ = 0; }

    // Whether the run says whose contacts its are. If not, nothing is entered.
    bool has_team() const { return !team_.empty(); }

    // Enters contacts of that target of the run's plan. Whom the run has added takes
    // the place of an entry that is there, for who is added was not there before;
    // whom it has found does not.
    void enter(TargetIndex target, std::span<const Known> contacts);

    // The same when the run has looked again: an entry that is its own is corrected,
    // and an addition counts before another run's finding.
    void correct(TargetIndex target, const Id& contact, stored::KnownAs how);

    // Nothing is known of the contact in that sequence any more.
    void remove(TargetIndex target, const Id& contact);
    void remove(const Id& sequence, const Id& contact);

private:
    // Enters so many contacts at once: SQLite takes half as long for each as one by one.
    struct Entering {
        Entering(SQLite::Database& database, std::size_t at_once);

        std::size_t contacts;
        SQLite::Statement statement;
    };

    void enter(std::int64_t place, stored::KnownAs how, std::span<const Id> contacts);
    std::int64_t place_of(TargetIndex target);
    std::int64_t source();

    std::int64_t run_ = 0;
    std::string run_id_;
    std::string api_url_;
    std::string team_;
    std::optional<std::int64_t> source_;                    // the run's; nullopt: not looked up yet
    std::unordered_map<TargetIndex, std::int64_t> places_;  // of the run's targets

    std::vector<Id> entered_;  // by one enter(), its room kept for the next

    SQLite::Statement find_run_;
    SQLite::Statement insert_source_;
    SQLite::Statement find_source_;
    SQLite::Statement insert_place_;
    SQLite::Statement find_place_;
    std::array<Entering, 3> entering_;  // the one for the most first, the one for one last
    SQLite::Statement correct_;
    SQLite::Statement remove_;
    SQLite::Statement remove_by_sequence_;
};

}  // namespace seqload::state

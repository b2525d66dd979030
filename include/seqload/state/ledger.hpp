#pragma once

// The ledger over all runs: which contact is known to be in which sequence, and
// from which run that is known. It outlives the runs themselves (Store::prune).
//
// A contact is in it once Apollo named it as added, or as there already, in a
// run of the same API host and team; it leaves it when an undo or a verify
// learns that it is not there any more. Only what seqload itself saw is in
// here: that a contact is not in the ledger says nothing.

#include "seqload/base/error.hpp"
#include "seqload/model/id.hpp"
#include "seqload/state/run_id.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace seqload::state {

struct Connection;

// Made by Store::ledger, for one API host and one team. Reads through a
// connection of its own, may outlive the Store and be used on another thread.
// Not to be shared. Each answer is of the moment at which it is given, and none
// holds up a writer.
class Ledger {
public:
    // The run from which it is known that the contact is in the sequence, the
    // first that saw it there; nullopt: nothing is known. Some microseconds.
    // The run may have been pruned since. Error: local_fault.
    Result<std::optional<RunId>> find(const Id& sequence, const Id& contact);

    // How many contacts of this host and team are known to be in a sequence,
    // each once for each of its sequences.
    Result<std::uint64_t> size();

    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;
    ~Ledger();

private:
    friend class Store;
    class Impl;

    // Throws SQLite::Exception.
    Ledger(std::shared_ptr<Connection> connection, std::string api_url, std::string team);

    std::unique_ptr<Impl> impl_;
};

}  // namespace seqload::state

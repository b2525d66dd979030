#pragma once

// A team's lists as the state remembers them between runs, so that a load need
// not ask again what Apollo has just told.

#include "seqload/app/options.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace seqload::app {

// Lists that were read earlier.
struct Recollection {
    Team team;                         // the usage says limits only: what is left has changed
    std::optional<WallTime> oldest{};  // when the oldest of them was read; nullopt: none
};

class TeamMemory {
public:
    // team: the fingerprint of its key. The store must outlive this object.
    TeamMemory(state::Store& store, std::string api_url, std::string team);

    // Of the lists that were read since that time those in which everything that is
    // needed is there, and works. Whatever else is kept must be asked for: it may
    // have been made or mended meanwhile. What cannot be read is not remembered.
    Recollection recall(const TeamNeeds& needs, WallTime since) const;

    // Keeps every list that `read` has and `known` has not.
    Result<> keep(const Team& read, const Team& known, WallTime now);

    // However long ago it was: limits seldom change, and answers correct them.
    std::optional<apollo::Usage> usage() const;

private:
    template <typename List>
    std::optional<List> find(const char* list, WallTime since, Recollection& found) const;

    state::Store& store_;
    std::string api_url_;
    std::string team_;
};

// The sequences as Apollo last told this team, however long ago; nullopt: it never did.
std::optional<std::vector<apollo::Sequence>> remembered_sequences(const state::Store& store,
                                                                  const std::string& api_url,
                                                                  const std::string& team);

// Windows whose limit was not given take the one that the team's usage tells for adding contacts.
void learn_limits(const apollo::Usage& usage, ConnectionOptions& connection);

// The same from what the state remembers of this team, if it does.
void learn_limits(const TeamMemory& memory, ConnectionOptions& connection);

}  // namespace seqload::app

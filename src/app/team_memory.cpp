#include "seqload/app/team_memory.hpp"

#include "seqload/app/team_findings.hpp"
#include "seqload/app/team_json.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace seqload::app {

namespace {

constexpr const char* usage_list = "usage";
constexpr const char* sequences_list = "sequences";
constexpr const char* mailboxes_list = "mailboxes";
constexpr const char* labels_list = "labels";
constexpr const char* users_list = "users";

void forget_what_is_left(apollo::Usage& usage) {
    for (auto& route : usage.per_route) {
        if (!route)
            continue;
        for (apollo::WindowUsage& window : route->per_window)
            window.consumed = window.left = std::nullopt;
    }
}

}  // namespace

TeamMemory::TeamMemory(state::Store& store, std::string api_url, std::string team)
    : store_(store), api_url_(std::move(api_url)), team_(std::move(team)) {}

template <typename List>
std::optional<List> TeamMemory::find(const char* list, WallTime since, Recollection& found) const {
    const auto kept = store_.remembered_list({api_url_, team_, list});
    if (!kept || !*kept || (*kept)->read_at < since)
        return std::nullopt;
    auto read = list_in<List>((*kept)->content);
    if (read)
        found.oldest = std::min(found.oldest.value_or((*kept)->read_at), (*kept)->read_at);
    return read;
}

Recollection TeamMemory::recall(const TeamNeeds& needs, WallTime since) const {
    Recollection all;
    // Each list on its own: what is found in one says nothing of another.
    const auto recall_list = [&](const char* list, auto Team::* member) {
        Recollection one{.team = {}, .oldest = all.oldest};
        using List = typename std::remove_reference_t<decltype(one.team.*member)>::value_type;
        one.team.*member = find<List>(list, since, one);
        if (!(one.team.*member) || !findings(needs, one.team).empty())
            return;
        all.team.*member = std::move(one.team.*member);
        all.oldest = one.oldest;
    };
    if (!needs.sequences.empty())
        recall_list(sequences_list, &Team::sequences);
    if (!needs.mailboxes.empty())
        recall_list(mailboxes_list, &Team::mailboxes);
    if (!needs.labels.empty())
        recall_list(labels_list, &Team::labels);
    if (!needs.users.empty())
        recall_list(users_list, &Team::users);
    all.team.usage = find<apollo::Usage>(usage_list, since, all);
    if (all.team.usage)
        forget_what_is_left(*all.team.usage);
    return all;
}

Result<> TeamMemory::keep(const Team& read, const Team& known, WallTime now) {
    Result<> kept;
    const auto keep_list = [&](const char* list, auto Team::* member) {
        if (kept && read.*member && !(known.*member))
            kept = store_.remember_list({api_url_, team_, list}, {list_json(*(read.*member)), now});
    };
    keep_list(usage_list, &Team::usage);
    keep_list(sequences_list, &Team::sequences);
    keep_list(mailboxes_list, &Team::mailboxes);
    keep_list(labels_list, &Team::labels);
    keep_list(users_list, &Team::users);
    return kept;
}

std::optional<apollo::Usage> TeamMemory::usage() const {
    Recollection any;
    return find<apollo::Usage>(usage_list, WallTime::min(), any);
}

std::optional<std::vector<apollo::Sequence>> remembered_sequences(const state::Store& store,
                                                                  const std::string& api_url,
                                                                  const std::string& team) {
    const auto kept = store.remembered_list({api_url, team, sequences_list});
    if (!kept || !*kept)
        return std::nullopt;
    return list_in<std::vector<apollo::Sequence>>((*kept)->content);
}

void learn_limits(const apollo::Usage& usage, ConnectionOptions& connection) {
    const auto& adding = usage[apollo::MeteredRoute::add_contacts];
    if (!adding)
        return;
    for (const Window window : windows) {
        if (connection.limits_given[static_cast<std::size_t>(window)])
            continue;
        const apollo::WindowUsage& learned = (*adding)[window];
        if (learned.unlimited)
            connection.limits[window] = std::nullopt;
        else if (learned.limit.value_or(0) > 0)  // a limit of none is no limit to count with
            connection.limits[window] = learned.limit;
    }
}

void learn_limits(const TeamMemory& memory, ConnectionOptions& connection) {
    if (const auto usage = memory.usage())
        learn_limits(*usage, connection);
}

}  // namespace seqload::app

#include "team_list_table.hpp"

#include "binding.hpp"

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

void write_list(SQLite::Database& database, const TeamListKey& key, const TeamList& list) {
    SQLite::Statement write(
        database,
        "INSERT INTO team_lists (api_url, team, list, content, read_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET content = excluded.content, read_at = excluded.read_at "
        "WHERE excluded.read_at >= read_at");
    carry_out(write, key.api_url, key.team, key.list, list.content, list.read_at);
}

std::optional<TeamList> read_list(SQLite::Database& database, const TeamListKey& key) {
    SQLite::Statement read(
        database,
        "SELECT content, read_at FROM team_lists WHERE api_url = ? AND team = ? AND list = ?");
    start(read, key.api_url, key.team, key.list);
    if (!read.executeStep())
        return std::nullopt;
    return TeamList{.content = text_at(read, 0), .read_at = time_at(read, 1)};
}

}  // namespace seqload::state

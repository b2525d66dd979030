#include "quota_table.hpp"

#include "binding.hpp"

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

std::int64_t number_of(SQLite::Database& database, const QuotaRoute& route) {
    SQLite::Statement insert(
        database, "INSERT OR IGNORE INTO quota_routes (api_url, team, path) VALUES (?, ?, ?)");
    carry_out(insert, route.api_url, route.team, route.path);
    SQLite::Statement find(
        database, "SELECT route FROM quota_routes WHERE api_url = ? AND team = ? AND path = ?");
    start(find, route.api_url, route.team, route.path);
    find.executeStep();
    return find.getColumn(0).getInt64();
}

}  // namespace

QuotaWriter join_log(SQLite::Database& database, const QuotaRoute& route, WallTime forget_before) {
    const std::int64_t number = number_of(database, route);
    SQLite::Statement forget(database, "DELETE FROM quota_events WHERE route = ? AND at < ?");
    carry_out(forget, number, forget_before);
    SQLite::Statement join(database, "INSERT INTO quota_sources (route) VALUES (?)");
    carry_out(join, number);
    return {.route = number,
            .source = static_cast<std::uint32_t>(database.getLastInsertRowid()),
            .read_up_to = 0,
            .last_foreign = 0};
}

std::vector<ForeignQuotaEvent> read_foreign(SQLite::Database& database, QuotaWriter& writer) {
    SQLite::Statement read(database,
                           "SELECT event, source, what, at FROM quota_events "
                           "WHERE route = ? AND event > ? ORDER BY event");
    start(read, writer.route, writer.read_up_to);
    std::vector<ForeignQuotaEvent> foreign;
    while (read.executeStep()) {
        writer.read_up_to = read.getColumn(0).getInt64();
        const auto source = static_cast<std::uint32_t>(read.getColumn(1).getInt64());
        if (source == writer.source)
            continue;
        writer.last_foreign = writer.read_up_to;
        foreign.push_back(
            {writer.read_up_to, source, {.what = text_at(read, 2), .at = time_at(read, 3)}});
    }
    return foreign;
}

std::vector<ForeignQuotaEvent> read_log(SQLite::Database& database, const QuotaRoute& route,
                                        WallTime since) {
    SQLite::Statement read(database,
                           "SELECT event, source, what, at FROM quota_events "
                           "WHERE route = (SELECT route FROM quota_routes "
                           "WHERE api_url = ? AND team = ? AND path = ?) AND at >= ? "
                           "ORDER BY event");
    start(read, route.api_url, route.team, route.path, since);
    std::vector<ForeignQuotaEvent> log;
    while (read.executeStep())
        log.push_back({read.getColumn(0).getInt64(),
                       static_cast<std::uint32_t>(read.getColumn(1).getInt64()),
                       {.what = text_at(read, 2), .at = time_at(read, 3)}});
    return log;
}

void add_event(SQLite::Database& database, const QuotaWriter& writer, const QuotaEvent& event) {
    SQLite::Statement insert(
        database, "INSERT INTO quota_events (route, source, what, at) VALUES (?, ?, ?, ?)");
    carry_out(insert, writer.route, writer.source, event.what, event.at);
}

}  // namespace seqload::state

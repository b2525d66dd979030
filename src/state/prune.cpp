#include "prune.hpp"

#include "binding.hpp"

#include <optional>
#include <string>
#include <vector>

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

namespace seqload::state {

namespace {

struct OldRun {
    std::int64_t run = 0;
    RunId id;
    std::optional<RunId> undoes;
};

// The first begun in front.
std::vector<OldRun> read_old_runs(SQLite::Database& database, WallTime begun_before) {
    SQLite::Statement rows(database,
                           "SELECT run, id, undoes FROM runs WHERE started_at < ? ORDER BY run");
    start(rows, begun_before);
    std::vector<OldRun> runs;
    while (rows.executeStep()) {
        OldRun& old = runs.emplace_back();
        old.run = rows.getColumn(0).getInt64();
        old.id = text_at(rows, 1);
        if (!rows.getColumn(2).isNull())
            old.undoes = text_at(rows, 2);
    }
    return runs;
}

}  // namespace

Pruned prune_runs(SQLite::Database& database, WallTime begun_before,
                  const std::function<bool(std::int64_t)>& is_active) {
    SQLite::Statement has_open(
        database, "SELECT EXISTS (SELECT 1 FROM batches WHERE run = ? AND state <= 4)");
    // By one that stays. Who goes on with an undo asks the load whom it is still about.
    SQLite::Statement is_being_undone(
        database,
        "SELECT EXISTS (SELECT 1 FROM runs r JOIN runs u ON u.undoes = r.id "
        "JOIN removals m ON m.run = u.run AND m.status = 1 "
        "WHERE r.run = ? AND u.started_at >= ?)");
    SQLite::Statement is_there(database, "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)");
    // Before their targets, which would each look for them in all batches of the run.
    SQLite::Statement forget_batches(database, "DELETE FROM batches WHERE run = ?");
    SQLite::Statement forget(database, "DELETE FROM runs WHERE run = ?");
    const auto answer_of = [](SQLite::Statement& question, const auto&... values) {
        start(question, values...);
        question.executeStep();
        const bool yes = question.getColumn(0).getInt() != 0;
        question.reset();
        return yes;
    };

    Pruned pruned;
    for (const OldRun& old : read_old_runs(database, begun_before)) {
        // A run comes before its undo, so whether it stays is settled by then.
        if (is_active(old.run) || answer_of(has_open, old.run) ||
            answer_of(is_being_undone, old.run, begun_before) ||
            (old.undoes && answer_of(is_there, *old.undoes))) {
            ++pruned.kept_open;
            continue;
        }
        carry_out(forget_batches, old.run);
        carry_out(forget, old.run);
        ++pruned.runs;
    }
    return pruned;
}

void tidy_up(SQLite::Database& database) {
    try {
        database.exec("VACUUM");
    } catch (const SQLite::Exception& exception) {
        const int code = exception.getErrorCode();
        if (code != SQLITE_BUSY && code != SQLITE_LOCKED && code != SQLITE_FULL)
            throw;
    }
}

}  // namespace seqload::state

#include "run_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"

#include <cstddef>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

std::string bytes_of(std::span<const std::uint64_t> digests) {
    std::string bytes;
    for (const std::uint64_t digest : digests)
        append_number(bytes, digest);
    return bytes;
}

std::vector<std::uint64_t> digests_in(const std::string& bytes) {
    std::vector<std::uint64_t> digests(bytes.size() / sizeof(std::uint64_t));
    for (std::size_t i = 0; i < digests.size(); ++i)
        digests[i] = number_at<std::uint64_t>(bytes, i * sizeof(std::uint64_t));
    return digests;
}

void add_input(SQLite::Database& database, std::int64_t run, const InputFile& input,
               bool of_labels) {
    SQLite::Statement insert(database,
                             "INSERT INTO inputs (run, position, name, path, bytes, fingerprint, "
                             "block_digests, rows, modified_ns, device, inode, of_labels) "
                             "SELECT ?1, count(*), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 "
                             "FROM inputs WHERE run = ?1");
    const std::string digests = bytes_of(input.block_digests);
    carry_out(insert, run, input.name, input.path, input.bytes, input.fingerprint, Blob{digests},
              input.rows, input.modified_ns, input.device, input.inode, of_labels ? 1 : 0);
}

std::vector<InputFile> read_inputs(SQLite::Database& database, std::int64_t run, bool of_labels) {
    SQLite::Statement rows(database,
                           "SELECT name, path, bytes, fingerprint, block_digests, rows, "
                           "modified_ns, device, inode FROM inputs WHERE run = ? "
                           "AND of_labels = ? ORDER BY position");
    start(rows, run, of_labels ? 1 : 0);
    std::vector<InputFile> inputs;
    while (rows.executeStep()) {
        inputs.push_back({
            .name = text_at(rows, 0),
            .path = text_at(rows, 1),
            .bytes = unsigned_at(rows, 2),
            .fingerprint = text_at(rows, 3),
            .block_digests = digests_in(text_at(rows, 4)),
            .rows = unsigned_at(rows, 5),
            .modified_ns = rows.getColumn(6).getInt64(),
            .device = unsigned_at(rows, 7),
            .inode = unsigned_at(rows, 8),
        });
    }
    return inputs;
}

}  // namespace

std::optional<std::int64_t> find_run(SQLite::Database& database, const RunId& id) {
    SQLite::Statement find(database, "SELECT run FROM runs WHERE id = ?");
    start(find, id);
    if (!find.executeStep())
        return std::nullopt;
    return find.getColumn(0).getInt64();
}

std::int64_t insert_run(SQLite::Database& database, const NewRun& run, std::int64_t process) {
    SQLite::Statement insert(database,
                             "INSERT INTO runs (id, command, api_url, team, options, "
                             "output_directory, started_at, undoes, process) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    carry_out(insert, run.id, run.command, run.api_url, run.team, run.options_json,
              run.output_directory, run.started_at, run.undoes, process);
    const std::int64_t number = database.getLastInsertRowid();
    replace_inputs(database, number, run.inputs);
    return number;
}

void write_process(SQLite::Database& database, std::int64_t run, std::int64_t process) {
    SQLite::Statement update(database, "UPDATE runs SET process = ? WHERE run = ?");
    carry_out(update, process, run);
}

std::int64_t read_process(SQLite::Database& database, std::int64_t run) {
    SQLite::Statement row(database, "SELECT coalesce(process, 0) FROM runs WHERE run = ?");
    start(row, run);
    row.executeStep();
    return row.getColumn(0).getInt64();
}

void replace_inputs(SQLite::Database& database, std::int64_t run,
                    std::span<const InputFile> inputs) {
    SQLite::Statement remove(database, "DELETE FROM inputs WHERE run = ?");
    carry_out(remove, run);
    for (const InputFile& input : inputs)
        add_input(database, run, input, false);
}

void insert_expanded_input(SQLite::Database& database, std::int64_t run, const InputFile& input) {
    add_input(database, run, input, true);
}

std::vector<InputFile> read_inputs(SQLite::Database& database, std::int64_t run) {
    return read_inputs(database, run, false);
}

std::optional<InputFile> read_expanded_input(SQLite::Database& database, std::int64_t run) {
    auto inputs = read_inputs(database, run, true);
    return inputs.empty() ? std::nullopt : std::optional(std::move(inputs.front()));
}

void write_ending(SQLite::Database& database, std::int64_t run, const Ending& ending) {
    SQLite::Statement update(database,
                             "UPDATE runs SET finished_at = ?, stop_reason = ?, exit_code = ?, "
                             "counters = ? WHERE run = ?");
    carry_out(update, ending.finished_at, ending.stop_reason, ending.exit_code,
              ending.counters_json, run);
}

void begin_anew(SQLite::Database& database, std::int64_t run, const std::string& team) {
    SQLite::Statement update(database,
                             "UPDATE runs SET finished_at = NULL, stop_reason = NULL, "
                             "exit_code = NULL, team = ? WHERE run = ?");
    carry_out(update, team, run);
}

RunRecord read_run(SQLite::Database& database, std::int64_t run) {
    SQLite::Statement row(database,
                          "SELECT id, command, api_url, team, options, output_directory, "
                          "started_at, planned_rows, minimum_requests, finished_at, stop_reason, "
                          "exit_code, counters, undoes, requests_sent, requests_retried, "
                          "requests_rate_limited, process FROM runs WHERE run = ?");
    start(row, run);
    row.executeStep();
    RunRecord record{
        .id = text_at(row, 0),
        .command = text_at(row, 1),
        .api_url = text_at(row, 2),
        .team = text_at(row, 3),
        .options_json = text_at(row, 4),
        .output_directory = text_at(row, 5),
        .started_at = time_at(row, 6),
        .inputs = read_inputs(database, run),
        .planned_rows = optional_at(row, 7),
        .minimum_requests = optional_at(row, 8),
        .ending = std::nullopt,
        .requests = {.sent = unsigned_at(row, 14),
                     .retried = unsigned_at(row, 15),
                     .rate_limited = unsigned_at(row, 16)},
        .process = optional_at(row, 17),
    };
    record.expanded_labels = read_expanded_input(database, run);
    if (const SQLite::Column undoes = row.getColumn(13); !undoes.isNull())
        record.undoes = undoes.getString();
    if (optional_at(row, 9))
        record.ending = Ending{
            .stop_reason = text_at(row, 10),
            .exit_code = row.getColumn(11).getInt(),
            .finished_at = time_at(row, 9),
            .counters_json = text_at(row, 12),
        };
    return record;
}

std::vector<SameInput> find_same_input(SQLite::Database& database, std::int64_t run,
                                       const InputFile& input) {
    SQLite::Statement rows(
        database,
        "SELECT DISTINCT r.run, r.id, coalesce(r.process, 0) "
        "FROM inputs i JOIN runs r ON r.run = i.run "
        "WHERE i.fingerprint = ? AND i.fingerprint <> '' AND i.bytes = ? "
        "AND coalesce(r.stop_reason, '') NOT IN ('finished', 'declined') "
        "AND r.run <> ? AND r.api_url = (SELECT api_url FROM runs WHERE run = ?) "
        "ORDER BY r.run");
    start(rows, input.fingerprint, input.bytes, run, run);
    std::vector<SameInput> found;
    while (rows.executeStep())
        found.push_back({.run = rows.getColumn(0).getInt64(),
                         .id = text_at(rows, 1),
                         .process = rows.getColumn(2).getInt64()});
    return found;
}

std::vector<std::int64_t> list_runs(SQLite::Database& database) {
    SQLite::Statement rows(database, "SELECT run FROM runs ORDER BY run DESC");
    std::vector<std::int64_t> runs;
    while (rows.executeStep())
        runs.push_back(rows.getColumn(0).getInt64());
    return runs;
}

}  // namespace seqload::state

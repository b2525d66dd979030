#pragma once

// The durable facts: runs, and what became of each of their rows, in one SQLite
// database file. src/state/README.md is the contract of its format, and says
// what is true after a crash at any moment.
//
// The Store knows no key, no network and no clock: every time is handed to it.
// All calls block until the disk has answered; one thread at a time. Several
// Stores, in one process or in several, may be open on the same file; each run
// has one writer: the Store that begun it or took it, for as long as that Store
// lives. The lock that says so ends with its process, however that dies.
//
// A failed write leaves nothing of itself behind as far as can be known, and the
// Store refuses every later write with the same error: nobody knows any more
// what is on disk. Reading goes on. What is certain is found by opening anew.
// Facts that contradict those on record (a second outcome for a row, a step
// that the batch's life does not have) fail in the same way: another process
// may have written them.
//
// Errors are of kind local_fault unless said otherwise, name the file, and say
// what can be done.

#include "seqload/base/error.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/state/batch_life.hpp"
#include "seqload/state/change.hpp"
#include "seqload/state/counts.hpp"
#include "seqload/state/doubtful_row.hpp"
#include "seqload/state/expanded_label.hpp"
#include "seqload/state/label_contact_cursor.hpp"
#include "seqload/state/ledger.hpp"
#include "seqload/state/outcome_cursor.hpp"
#include "seqload/state/quota_log.hpp"
#include "seqload/state/removal.hpp"
#include "seqload/state/run_facts.hpp"
#include "seqload/state/run_id.hpp"
#include "seqload/state/sent_batch_cursor.hpp"
#include "seqload/state/team_list.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace seqload::state {

struct OpenOptions {
    // Whether a file that does not exist is made, and its folders. If not, a
    // missing file is an error of kind usage.
    bool create = true;

    // Whether the whole file is looked through for damage first (quick_check):
    // about a second per gigabyte.
    bool check = true;

    // How long a write waits for other processes to finish theirs (real time).
    std::chrono::milliseconds busy_timeout = std::chrono::seconds(30);

    // The SQLite VFS to go through; empty: the system's. For tests.
    std::string vfs{};
};

// A batch that has rows without an outcome: what a resumed run begins with.
struct OpenBatch {
    BatchNumber number = 0;
    Batch content;
    BatchState state = BatchState::waiting;
    std::uint32_t attempts = 0;  // the attempt that went out last; 0: none

    bool operator==(const OpenBatch&) const = default;
};

// What Store::prune did.
struct Pruned {
    std::uint64_t runs = 0;       // forgotten
    std::uint64_t kept_open = 0;  // old enough, but not done with

    bool operator==(const Pruned&) const = default;
};

class Store {
public:
    // Opens the state, makes it (folders mode 0700, file 0600, synced) or brings
    // it to this version's schema. Errors tell apart: no place to write, a file
    // that is no SQLite database, a database of somebody else, a newer version,
    // damage, and another process that does not let go.
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& file,
                                               const OpenOptions& options = {});

    // A state that is nowhere on disk and ends with the Store: for measuring
    // and for tests that do not need a file.
    static Result<std::unique_ptr<Store>> open_in_memory();

    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store();

    // Writing. On return it is durable, or the error says why not.

    // Begins a run, and takes it. Error also when the run is known already.
    Result<void> begin_run(const NewRun& run);

    // Takes a run that is on record, before anything is done with it: no other
    // Store can take it as long as this one lives. One that is taken by this
    // Store already stays so. Error: the run is being carried out by another
    // process, which is named; the Store can be used as before.
    Result<void> take(const RunId& run);

    // The end of the first pass: once in a pass, before the first batch. RowsSettled
    // may have come in before. Error also when another run that is being carried
    // out has one of the same inputs (their bytes are the same, and they go to the
    // same API); its run and process are named, nothing is recorded, and the Store
    // can be used as before.
    Result<void> record_plan(const RunId& run, const Plan& plan);

    // The same question for a run that has its plan already, asked when it has
    // been taken again: an error if another run that is being carried out has
    // one of its inputs.
    Result<void> refuse_rivals(const RunId& run);

    // All of the changes in one transaction, in their order, or none.
    Result<void> apply(const RunId& run, std::span<const Change> changes);

    // The same, with a step of the quota log that `writer` writes. The changes and the
    // events are recorded in any case, each departure only if nobody else has added to the
    // log since what it knows.
    Result<QuotaNews> apply(const RunId& run, std::vector<Change> changes, QuotaWriter& writer,
                            QuotaStep step);

    // A new writer of the route's log, and all that others have added since that time;
    // what is older is forgotten.
    struct QuotaLog {
        QuotaWriter writer;
        std::vector<ForeignQuotaEvent> foreign;
    };
    // What others have added since the writer last read.
    Result<std::vector<ForeignQuotaEvent>> quota_news(QuotaWriter& writer) const;
    Result<QuotaLog> join_quota_log(const QuotaRoute& route, WallTime since);
    // The log since that time, for who only looks at it.
    Result<std::vector<ForeignQuotaEvent>> quota_log(const QuotaRoute& route, WallTime since) const;

    // What Apollo has just answered takes the place of what is kept of that list,
    // unless another process has asked later.
    Result<void> remember_list(const TeamListKey& key, const TeamList& list);

    // May be called again when a run that was stopped has been taken up again;
    // the last call stands.
    Result<void> end_run(const RunId& run, const Ending& ending);

    // A run that was stopped is taken up again: it has not ended. Its outcomes and
    // totals stay, and so do the counters of its last ending. team: the fingerprint
    // of the key that it goes on with, which may be another one than before (the
    // first was refused, or replaced): what it learns from now on is known of that.
    Result<void> reopen(const RunId& run, const std::string& team);

    // A run of which nothing was sent starts over: the outcomes of rows that are not
    // sent are forgotten, and its plan, if it got so far. What its input was stays on
    // record. Error also when it has a batch.
    Result<void> restart_plan(const RunId& run);

    // Label rows of a run that are not sent themselves, because whoever carries their
    // labels is in the plan: once in a run, before any such contact is settled and
    // before its plan is recorded. By row, their contacts one after another from the
    // first row behind the input on. An undone first pass (restart_plan) forgets them.
    Result<void> expand_labels(const RunId& run, std::span<const ExpandedLabel> labels,
                               WallTime read_at);

    // What an undo is to remove, once in its run, before its first request: from
    // then on it is planned, with these contacts as its rows.
    Result<void> record_removals(const RunId& undo, std::span<const AddedContact> contacts,
                                 std::uint64_t minimum_requests);

    // When an undo of that load is taken up again: drops whoever still waits and whom a
    // new undo would leave out (added_contacts), because meanwhile somebody else has
    // removed them, or added them anew. How many those were.
    Result<std::uint64_t> drop_removals(const RunId& undo, const RunId& load,
                                        const UndoScope& scope);

    // Forgets the runs that began before that, and all that is theirs; what the
    // ledger learned from them stays. Kept are runs that are being carried out or
    // have batches open, loads that an unfinished undo begun since is about, and undos of runs that
    // are kept: whoever undid a run once must not find that nothing was undone. The file becomes
    // smaller, unless another process is just writing or the disk has no room for the tidying.
    Result<Pruned> prune(WallTime begun_before);

    // Reading: what has been committed. A run that is not on record is an error
    // of kind usage.

    Result<OutcomeCursor> outcomes(const RunId& run, OutcomesOf which = OutcomesOf::input) const;
    Result<LabelContactCursor> label_contacts(const RunId& run) const;
    Result<SentBatchCursor> sent_batches(const RunId& run) const;

    // Of the input's rows: expanded labels count as the rows that they are, once each of
    // their contacts is settled, or may have been sent.
    Result<Counts> counts(const RunId& run) const;

    // By row; empty: none of its labels were expanded.
    Result<std::vector<ExpandedLabel>> expanded_labels(const RunId& run) const;

    // The batches with rows still to settle, by number.
    Result<std::vector<OpenBatch>> open_batches(const RunId& run) const;

    // By row number of the plan, whether the row has its outcome. As long as the plan has
    // rows, and one more (row 0 is none); longer if the outcomes go beyond it.
    Result<std::vector<bool>> settled_rows(const RunId& run) const;

    // The greatest batch number in use; 0: none.
    Result<BatchNumber> last_batch(const RunId& run) const;

    // The contact rows that were settled in doubt (unconfirmed, or for the reason
    // answer_lost) and not verified since, by row. all_added: every added one too.
    // Without those that an undo has taken back.
    Result<std::vector<DoubtfulRow>> rows_to_verify(const RunId& run, bool all_added) const;

    // How many label rows were settled in doubt: no single contact can be asked about.
    Result<std::uint64_t> label_rows_in_doubt(const RunId& run) const;

    // The contacts that this load itself added, by row or by label (the row is then the
    // label's), and if asked
    // those that perhaps it added (already_in_sequence, answer_lost). By sequence,
    // then row; each contact once in each sequence; without those that an earlier
    // undo of this run has removed or found gone (or has done the same with, in
    // another mode), and without those that another run has added since.
    Result<std::vector<AddedContact>> added_contacts(const RunId& load,
                                                     const UndoScope& scope) const;

    // What the undo was to remove, and what became of it, by number.
    Result<std::vector<Removal>> removals(const RunId& undo) const;

    Result<RunRecord> run(const RunId& run) const;

    // nullopt: the first pass did not get to its end.
    Result<std::optional<RecordedPlan>> plan(const RunId& run) const;

    // The newest first.
    Result<std::vector<RunRecord>> runs() const;

    // The run that was begun last; nullopt if there is none.
    Result<std::optional<RunId>> latest_run() const;

    // nullopt: nobody has asked yet.
    Result<std::optional<TeamList>> remembered_list(const TeamListKey& key) const;

    // What is known of these contacts' sequences, from all runs.
    Result<Ledger> ledger(const std::string& api_url, const std::string& team) const;

private:
    class Impl;

    explicit Store(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> impl_;
};

}  // namespace seqload::state

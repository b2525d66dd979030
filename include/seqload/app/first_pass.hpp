#pragma once

// The first pass of a run that has no plan yet, and what Apollo is asked meanwhile:
// every row judged, whatever is not sent settled, the account checked, labels expanded.
// Nothing is sent to anyone in it.

#include "seqload/app/api_access.hpp"
#include "seqload/app/early_end.hpp"
#include "seqload/app/expanded_file.hpp"
#include "seqload/app/load_check.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/sending.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace seqload::app {

class FirstPass {
public:
    // Everything referred to must outlive this object. The limits among the options
    // become those that Apollo tells.
    struct Parts {
        LoadOptions& options;
        const ApiAccess& api;
        const Clock& clock;
        Random& random;
        state::Store& store;
        EarlyEnd& end;
        const state::RunId& run;
        PlannedInput& input;
        const std::filesystem::path& directory;  // for expanded-labels.csv
        const Team& just_read;                   // what has been read of the team for the names
        std::optional<SteadyTime> deadline;      // for whatever is asked; nullopt: none
    };

    explicit FirstPass(const Parts& parts);

    // All of it. Errors end the run, on record, too.
    Result<> carry_out();

    // Why it did not come to its end, if it did not: the key was refused, Apollo could
    // not be reached, or a signal came. Nothing will be sent.
    const std::optional<SendingEnd>& stopped() const { return stopped_; }

    // False where it was stopped before the labels were expanded: without them there is
    // no plan, and a later start of the run begins anew.
    bool has_plan() const;

    // What the plan needs of the account, its label rows by their labels also where
    // these were expanded.
    const TeamNeeds& needs() const { return needs_; }
    const std::optional<LoadCheck>& check() const { return check_; }  // nullopt: not asked

    // By row; empty: none were expanded.
    const std::vector<state::ExpandedLabel>& expanded() const { return expanded_; }

private:
    // One pass over the input, in which a signal ends the run.
    Result<> read(const TakeOutcome& take_outcome, const KnownRows& known);
    Result<KnownRows> rows_known_from_ledger();
    Result<> judge_rows();
    Result<> check_account();
    Result<> fail_unusable_rows();
    Result<> expand_labels();
    void count_members(const LabelMembers& members);
    Result<> judge_members();
    TeamNeeds needs_to_ask_for() const;
    bool wants_labels() const { return parts_.options.expand_labels && !labels_.empty(); }
    bool is_refused() const;
    void withdraw(const Row& row);
    bool is_withdrawn(const Row& row) const;
    void take_to_send(const Row& row);
    void count_needs();

    Parts parts_;
    EarlyEnd& end_;
    KnownRows from_ledger_;              // empty, if it is not asked
    std::vector<bool> withdrawn_;        // by row: it needs no request, or cannot be sent
    std::vector<LabelToExpand> labels_;  // the label rows to be sent, by row
    std::vector<state::ExpandedLabel> expanded_;
    TeamNeeds needs_;
    std::optional<SendingEnd> stopped_;
    std::optional<LoadCheck> check_;
};

}  // namespace seqload::app

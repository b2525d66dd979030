#pragma once

// Every word with which seqload says what became of something: the statuses and
// reasons of rows, why a run came to its end, the exit codes. What each means,
// whether sending again can help, which option allows it, what to do next. One
// table, which `explain`, the summary and report.html all read. Pure.

#include "seqload/model/outcome.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload {

// What a word stands for; one word may stand for several things.
enum class Subject : std::uint8_t {
    status,         // of a row
    invalid,        // a reason of an invalid row
    reason,         // another reason of ours
    apollo_reason,  // a reason of Apollo's own
    undo_status,    // of a contact that an undo is about
    stop_reason,    // of a run
    exit_code,      // of the program: "5"
};

// "row status", "exit code".
std::string_view name(Subject subject);

// Whether sending the row, or starting the command, again can help.
enum class Again : std::uint8_t {
    not_needed,  // there is nothing left to be done
    useless,     // the same comes of it
    once_mended,
    helps,
};

// For people: "no, nothing is left to be done", "only once it is mended".
std::string_view describe(Again again);
// For programs: "not_needed", "useless", "once_mended", "helps".
std::string_view name(Again again);

struct Explanation {
    Subject subject;
    std::string_view word;          // as reports spell it
    std::optional<RowStatus> of{};  // a reason: of rows with this status; nullopt: of several
    std::string_view meaning;       // a sentence, without the full stop
    Again again;
    std::string_view option{};  // what allows it, or deals with it; empty: none
    std::string_view next{};    // what a person sees to, as an order; empty: nothing
    // What to type then, without the run's id or files: "seqload resume"; empty: nothing.
    std::string_view command{};
};

// All of them, subject by subject.
std::vector<const Explanation*> all_explanations();

// Everything that the word stands for; also what is made of such a word and something
// of its own: "same_as_row_17", "known_from_run_20261123-213622-k7q2". Empty: nothing
// is known of it (Apollo makes up reasons without notice).
std::vector<const Explanation*> explain(std::string_view word);

// The word as one of this subject; nullptr: there is none.
const Explanation* explain(Subject subject, std::string_view word);

// The reason as it stands beside this status; nullptr: nothing is known of it.
const Explanation* explain(RowStatus status, std::string_view reason);

// What to do about rows with this status and reason, in a line: of the reason where it
// says something, else of the status. Empty: nothing.
std::string advice(RowStatus status, std::string_view reason);

// The known word that was probably meant; nullopt: none is near.
std::optional<std::string_view> nearest_word(std::string_view word);

}  // namespace seqload

#pragma once

// The one error type of seqload: what kind of trouble, what happened, where,
// and what the user can do next. Expected trouble travels as a value in
// Result; a broken promise inside the program is an exception.
//
// Callers branch on the kind, never on the text. A room adds its place as the
// error passes up; it is shown once, at the top.

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace seqload {

enum class ErrorKind {
    usage,           // wrong options or configuration, no such run; nothing was sent
    unusable_input,  // an input is missing, has no header, or cannot be read as CSV
    changed_input,   // an input is not what it was when the run was planned
    refused_key,     // Apollo answered 401 or 403
    stopped,         // the run ended before all rows were settled; it can be resumed
    local_fault,     // disk, state database, memory: something of this machine's
    network,         // a host could not be reached or did not answer as HTTP asks
};

// The kind as one lower-case word group, for logs ("unusable input").
std::string_view name(ErrorKind kind);

struct Error {
    ErrorKind kind;
    std::string what;   // what happened: "the header has no contact_id or label column"
    std::string where;  // file:line, host, option; empty if nowhere in particular
    std::string next;   // what the user can do; empty if nothing helps

    bool operator==(const Error&) const = default;
};

// "where: what (next)", leaving out what is empty. One line, no final period.
std::string to_string(const Error& error);

template <class Value = void>
using Result = std::expected<Value, Error>;

// return fail(ErrorKind::usage, "unknown status 'on'", "--status", "use active or paused");
inline std::unexpected<Error> fail(ErrorKind kind, std::string what, std::string where = {},
                                   std::string next = {}) {
    return std::unexpected<Error>(Error{kind, std::move(what), std::move(where), std::move(next)});
}

// What errno says, as the system words it: "No such file or directory".
std::string system_message(int error_number);

}  // namespace seqload

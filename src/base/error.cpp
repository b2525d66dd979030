#include "seqload/base/error.hpp"

#include <system_error>

namespace seqload {

std::string_view name(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return "usage";
        case ErrorKind::unusable_input:
            return "unusable input";
        case ErrorKind::changed_input:
            return "changed input";
        case ErrorKind::refused_key:
            return "refused key";
        case ErrorKind::stopped:
            return "stopped";
        case ErrorKind::local_fault:
            return "local fault";
        case ErrorKind::network:
            return "network";
    }
    std::unreachable();
}

std::string to_string(const Error& error) {
    std::string text;
    if (!error.where.empty())
        text = error.where + ": ";
    text += error.what;
    if (!error.next.empty())
        text += " (" + error.next + ")";
    return text;
}

std::string system_message(int error_number) {
    return std::generic_category().message(error_number);
}

}  // namespace seqload

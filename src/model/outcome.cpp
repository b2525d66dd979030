#include "seqload/model/outcome.hpp"

#include <utility>

namespace seqload {

std::string_view name(RowStatus status) {
    switch (status) {
        case RowStatus::added:
            return "added";
        case RowStatus::already_in_sequence:
            return "already_in_sequence";
        case RowStatus::skipped:
            return "skipped";
        case RowStatus::duplicate:
            return "duplicate";
        case RowStatus::excluded:
            return "excluded";
        case RowStatus::invalid:
            return "invalid";
        case RowStatus::failed:
            return "failed";
        case RowStatus::unconfirmed:
            return "unconfirmed";
        case RowStatus::not_attempted:
            return "not_attempted";
    }
    std::unreachable();
}

bool needs_person(RowStatus status, bool fail_on_skipped) {
    switch (status) {
        case RowStatus::invalid:
        case RowStatus::failed:
        case RowStatus::unconfirmed:
            return true;
        case RowStatus::skipped:
            return fail_on_skipped;
        default:
            return false;
    }
}

std::string full_reason(const Outcome& outcome) {
    if (outcome.same_as == 0)
        return outcome.reason;
    return outcome.reason + '_' + std::to_string(outcome.same_as);
}

}  // namespace seqload

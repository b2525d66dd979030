#include "seqload/state/removal.hpp"

#include <utility>

namespace seqload::state {

std::string_view name(RemovalStatus status) {
    switch (status) {
        case RemovalStatus::waiting:
            return "not_attempted";
        case RemovalStatus::removed:
            return "removed";
        case RemovalStatus::not_in_sequence:
            return "not_in_sequence";
        case RemovalStatus::failed:
            return "failed";
    }
    std::unreachable();
}

}  // namespace seqload::state

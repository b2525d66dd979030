#include "seqload/model/target.hpp"

#include <utility>

namespace seqload {

std::string_view name(InitialStatus status) {
    switch (status) {
        case InitialStatus::unspecified:
            return "";
        case InitialStatus::active:
            return "active";
        case InitialStatus::paused:
            return "paused";
    }
    std::unreachable();
}

std::string mailboxes_text(const Target& target) {
    std::string text;
    for (const Id& mailbox : target.mailboxes) {
        if (!text.empty())
            text += ';';
        mailbox.append_to(text);
    }
    return text;
}

}  // namespace seqload

#include "seqload/app/try_text.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

namespace seqload::app {

std::string try_text(const dispatch::TryResult& result) {
    const std::string how = result.http_status == 0
                                ? std::string("no answer")
                                : joined("HTTP ", std::to_string(result.http_status));
    return result.message.empty() ? how : joined(how, ": ", printable(result.message));
}

std::string outcomes_text(const state::StatusCounts& rows) {
    std::string text;
    for (const RowStatus status : row_statuses) {
        if (rows[status] > 0)
            text += joined(text.empty() ? "" : ", ", grouped(rows[status]), " ", name(status));
    }
    return text;
}

}  // namespace seqload::app

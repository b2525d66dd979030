#include "seqload/quota/window_span.hpp"

#include <algorithm>

namespace seqload::quota {

void WindowSpan::sent(SteadyTime now) {
    first_sent_ = first_sent_ ? std::min(*first_sent_, now) : now;
}

void WindowSpan::seen_open(SteadyTime answered) {
    opened_no_later_ = opened_no_later_ ? std::min(*opened_no_later_, answered) : answered;
}

void WindowSpan::not_opened_before(SteadyTime sent) {
    opened_after_ = std::max(opened_after_, std::optional(sent));  // nullopt is the least
}

void WindowSpan::next(SteadyTime certain_from, std::optional<SteadyTime> opened_after, bool ours) {
    certain_from_ = certain_from;
    opened_after_ = opened_after;
    first_sent_.reset();
    ours_ = ours;
    opened_no_later_.reset();
}

std::optional<SteadyTime> WindowSpan::earliest_end() const {
    const auto opened = ours_ && first_sent_ ? first_sent_ : opened_after_;
    return opened ? std::optional(*opened + length_) : std::nullopt;
}

std::optional<SteadyTime> WindowSpan::latest_end() const {
    return opened_no_later_ ? std::optional(*opened_no_later_ + length_) : std::nullopt;
}

}  // namespace seqload::quota

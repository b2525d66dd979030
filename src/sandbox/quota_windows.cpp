#include "seqload/sandbox/quota_windows.hpp"

namespace seqload::sandbox {

bool QuotaWindows::is_open(Window window, SteadyTime now) const {
    const State& state = states_[static_cast<std::size_t>(window)];
    return state.used > 0 && now - state.opened < length(window);
}

void QuotaWindows::count(SteadyTime now) {
    for (const Window window : windows) {
        State& state = states_[static_cast<std::size_t>(window)];
        if (!is_open(window, now))
            state = {now, 0};
        ++state.used;
    }
}

std::optional<Refusal> QuotaWindows::take(SteadyTime now) {
    std::optional<Refusal> refusal;
    for (const Window window : windows) {
        const auto limit = limits_[window];
        if (!limit || used(window, now) < *limit)
            continue;
        // A limit of nothing has no window that could end; a whole length is a fair answer.
        const Duration wait =
            is_open(window, now)
                ? states_[static_cast<std::size_t>(window)].opened + length(window) - now
                : length(window);
        if (!refusal || wait > refusal->wait)
            refusal = Refusal{window, wait};
    }
    if (!refusal || refused_count_)
        count(now);
    return refusal;
}

std::uint32_t QuotaWindows::used(Window window, SteadyTime now) const {
    return is_open(window, now) ? states_[static_cast<std::size_t>(window)].used : 0;
}

std::optional<SteadyTime> QuotaWindows::opened(Window window, SteadyTime now) const {
    if (!is_open(window, now))
        return std::nullopt;
    return states_[static_cast<std::size_t>(window)].opened;
}

std::optional<std::uint32_t> QuotaWindows::left(Window window, SteadyTime now) const {
    const auto limit = limits_[window];
    if (!limit)
        return std::nullopt;
    const std::uint32_t taken = used(window, now);
    return taken < *limit ? *limit - taken : 0;
}

}  // namespace seqload::sandbox

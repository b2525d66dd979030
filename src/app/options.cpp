#include "seqload/app/options.hpp"

#include <cstddef>

namespace seqload::app {

namespace {

template <typename T>
void apply(const std::optional<T>& given, T& value) {
    if (given)
        value = *given;
}

}  // namespace

void apply(const PaceOptions& given, ConnectionOptions& connection) {
    apply(given.api_key_file, connection.api_key_file);
    apply(given.ca_file, connection.ca_file);
    apply(given.connections, connection.connections);
    apply(given.timeout, connection.timeout);
    apply(given.attempts, connection.attempts);
    apply(given.give_up_after, connection.give_up_after);
    apply(given.time_scale, connection.time_scale);
    if (given.deadline)
        connection.deadline = given.deadline;
    if (given.max_wait)
        connection.max_wait = given.max_wait;
    apply(given.reserve, connection.reserve);
    for (const Window window : windows) {
        const auto index = static_cast<std::size_t>(window);
        if (const auto limit = given.limits[index]) {
            connection.limits[window] =
                *limit == PaceOptions::unlimited ? std::nullopt : std::optional(*limit);
            connection.limits_given[index] = true;
        }
    }
}

}  // namespace seqload::app

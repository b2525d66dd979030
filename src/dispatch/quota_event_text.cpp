#include "seqload/dispatch/quota_event_text.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <variant>

#include <nlohmann/json.hpp>

namespace seqload::dispatch {

namespace {

using nlohmann::json;

template <class Kind>
constexpr const char* word = nullptr;
template <>
constexpr const char* word<quota::Sent> = "sent";
template <>
constexpr const char* word<quota::Answered> = "answered";
template <>
constexpr const char* word<quota::Lost> = "lost";
template <>
constexpr const char* word<quota::NeverSent> = "never_sent";
template <>
constexpr const char* word<quota::RateLimited> = "rate_limited";

using Seconds = std::chrono::duration<double>;

void put(json& object, const char* key, const std::optional<std::uint32_t>& number) {
    if (number)
        object[key] = *number;
}

void put(json& object, const quota::QuotaReading& reading) {
    for (const Window window : windows) {
        const quota::WindowReading& read = reading[window];
        if (read == quota::WindowReading{})
            continue;
        json& said = object[std::string(name(window))];
        if (read.unlimited)
            said["unlimited"] = true;
        put(said, "limit", read.limit);
        put(said, "used", read.used);
        put(said, "left", read.left);
    }
}

std::optional<std::uint64_t> number_at(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_unsigned())
        return std::nullopt;
    return found->get<std::uint64_t>();
}

std::optional<std::uint32_t> count_at(const json& object, const char* key) {
    const auto number = number_at(object, key);
    if (!number || *number > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

quota::QuotaReading reading_in(const json& object) {
    quota::QuotaReading reading;
    for (const Window window : windows) {
        const auto said = object.find(std::string(name(window)));
        if (said == object.end() || !said->is_object())
            continue;
        reading[window] = {.unlimited = said->value("unlimited", json(false)) == json(true),
                           .limit = count_at(*said, "limit"),
                           .used = count_at(*said, "used"),
                           .left = count_at(*said, "left")};
    }
    return reading;
}

std::optional<Duration> retry_after_in(const json& object) {
    const auto found = object.find("retry_after");
    if (found == object.end() || !found->is_number())
        return std::nullopt;
    const auto seconds = found->get<double>();
    if (!(seconds >= 0) || seconds > Seconds(length(Window::day)).count())
        return std::nullopt;
    return std::chrono::duration_cast<Duration>(Seconds(seconds));
}

std::optional<Window> window_in(const json& object) {
    const auto found = object.find("window");
    for (const Window window : windows) {
        if (found != object.end() && *found == std::string(name(window)))
            return window;
    }
    return std::nullopt;
}

}  // namespace

std::string to_text(const quota::Event& event) {
    const auto described = [](const auto& kind) {
        using Kind = std::remove_cvref_t<decltype(kind)>;
        json object{{word<Kind>, kind.ticket.number}};
        if constexpr (requires { kind.reading; })
            put(object, kind.reading);
        if constexpr (requires { kind.retry_after; }) {
            if (kind.retry_after)
                object["retry_after"] = Seconds(*kind.retry_after).count();
            if (kind.window)
                object["window"] = name(*kind.window);
        }
        return object;
    };
    return std::visit(described, event).dump();
}

std::optional<quota::Event> read_event(std::string_view text, SteadyTime at) {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object())
        return std::nullopt;
    const auto ticket = [&](const char* kind) -> std::optional<quota::Ticket> {
        const auto number = number_at(object, kind);
        return number ? std::optional(quota::Ticket{*number}) : std::nullopt;
    };
    if (const auto sent = ticket(word<quota::Sent>))
        return quota::Sent{*sent, at};
    if (const auto answered = ticket(word<quota::Answered>))
        return quota::Answered{*answered, at, reading_in(object)};
    if (const auto lost = ticket(word<quota::Lost>))
        return quota::Lost{*lost, at};
    if (const auto never_sent = ticket(word<quota::NeverSent>))
        return quota::NeverSent{*never_sent, at};
    if (const auto limited = ticket(word<quota::RateLimited>))
        return quota::RateLimited{*limited, at, retry_after_in(object), window_in(object),
                                  reading_in(object)};
    return std::nullopt;
}

}  // namespace seqload::dispatch

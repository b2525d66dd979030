#include "seqload/sandbox/other_use.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/json_fields.hpp"

#include <chrono>
#include <cmath>

namespace seqload::sandbox {
namespace {

// Longer than any test; far from what a Duration cannot hold.
constexpr double longest_seconds = 366.0 * 24 * 3600;

Duration seconds_in(JsonFields& fields, std::string_view name) {
    const double seconds = fields.real(name, 0.0);
    if (!(seconds >= 0.0 && seconds <= longest_seconds)) {
        fields.refuse("virtual seconds, at most a year of them, are expected", name);
        return {};
    }
    return std::chrono::nanoseconds(std::llround(seconds * 1e9));
}

void read_moment(JsonFields& fields, OtherUse& use) {
    use.at = seconds_in(fields, "at");
    use.every = seconds_in(fields, "every");
    const bool repeats = use.every > Duration{};
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    use.times = fields.number("times", repeats ? most : 1, most);
    if (use.times == 0)
        fields.refuse("a number of 1 or more is expected", "times");
    if (use.times > 1 && !repeats)
        fields.refuse("it does not say how often", "times", "give 'every' as well");
    if (!fields.has("after"))
        return;
    use.after = fields.number("after", 0);
    if (fields.has("at") || fields.has("every"))
        fields.refuse("it does not go with 'at' or 'every'", "after");
}

Result<OtherUse> read_use(const nlohmann::json& json, const std::string& where) {
    JsonFields fields(json, where);
    OtherUse use;
    const std::string route = fields.text("route", info(use.route).name);
    if (const auto found = find_route(route))
        use.route = *found;
    else
        fields.refuse(joined("there is no route '", route, "'"), "route");
    use.requests = static_cast<std::uint32_t>(fields.number("requests", 1, other_requests_limit));
    if (use.requests == 0)
        fields.refuse("a number of 1 or more is expected", "requests");
    read_moment(fields, use);
    fields.text("comment");
    if (auto finished = fields.finish(); !finished)
        return std::unexpected(finished.error());
    return use;
}

}  // namespace

Result<OtherUses> read_other_uses(std::string_view text, const std::string& where) {
    const auto json = parse_json(text, where);
    if (!json)
        return std::unexpected(json.error());
    OtherUses uses;
    if (!json->is_array()) {
        auto use = read_use(*json, joined(where, ": "));
        if (!use)
            return std::unexpected(use.error());
        uses.push_back(*use);
        return uses;
    }
    for (std::size_t at = 0; at < json->size(); ++at) {
        auto use = read_use((*json)[at], joined(where, ": [", std::to_string(at), "]"));
        if (!use)
            return std::unexpected(use.error());
        uses.push_back(*use);
    }
    return uses;
}

}  // namespace seqload::sandbox

#include "seqload/sandbox/fault.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/json_fields.hpp"

#include <algorithm>

namespace seqload::sandbox {
namespace {

constexpr std::array<std::string_view, fault_kind_count> kind_names{
    "latency",        "status",         "rate_limit",     "redirect",     "drop",       "reset",
    "hang",           "half_header",    "half_body",      "wrong_length", "bad_chunks", "slow_body",
    "broken_json",    "html",           "deep_json",      "endless_body", "gzip_bomb",  "close",
    "close_silently", "continue_first", "forget_session", "renew_keys",   "shape"};

// Whether a fault of that kind can strike before the request is processed.
bool can_come_before(FaultKind kind) {
    switch (kind) {
        case FaultKind::latency:
        case FaultKind::status:
        case FaultKind::rate_limit:
        case FaultKind::redirect:
        case FaultKind::drop:
        case FaultKind::reset:
        case FaultKind::hang:
            return true;
        default:
            return false;
    }
}

bool usually_comes_before(FaultKind kind) {
    return kind == FaultKind::status || kind == FaultKind::rate_limit ||
           kind == FaultKind::redirect;
}

std::uint64_t usual_bytes(FaultKind kind) {
    switch (kind) {
        case FaultKind::slow_body:
            return 512;
        case FaultKind::deep_json:
            return 100'000;
        case FaultKind::gzip_bomb:
            return std::uint64_t{1} << 30;
        default:
            return 0;
    }
}

void read_match(JsonFields& fields, FaultRule& rule) {
    if (const std::string route = fields.text("route"); !route.empty()) {
        rule.route = find_route(route);
        if (!rule.route)
            fields.refuse(joined("there is no route '", route, "'"), "route");
    }
    if (const auto sequence = fields.id("sequence"))
        rule.sequence = sequence->text();
    rule.contacts = fields.texts("contacts");
    if (const auto contact = fields.id("contact"))
        rule.contacts.push_back(contact->text());
    rule.has_over = fields.has("over");
    rule.over = static_cast<std::uint32_t>(fields.number("over", 0));
    const nlohmann::json* nth = fields.value("nth");
    if (nth != nullptr && nth->is_number_unsigned())
        rule.nth.push_back(nth->get<std::uint64_t>());
    else
        for (const nlohmann::json* element : fields.elements("nth"))
            if (element->is_number_unsigned())
                rule.nth.push_back(element->get<std::uint64_t>());
            else
                fields.refuse("a number or a list of numbers is expected", "nth");
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    rule.from = fields.number("from", 1, most);
    rule.until = fields.number("until", most, most);
    rule.times = fields.number("times", most, most);
    rule.every = fields.number("every", 1, most);
    if (rule.every == 0)
        fields.refuse("a number of 1 or more is expected", "every");
    rule.probability = fields.real("probability", 1.0);
    if (!(rule.probability >= 0.0 && rule.probability <= 1.0))
        fields.refuse("a share from 0 to 1 is expected", "probability");
}

void read_moment(JsonFields& fields, FaultRule& rule) {
    const std::string when = fields.text("when");
    if (when.empty())
        rule.when = usually_comes_before(rule.kind) ? Moment::before : Moment::after;
    else if (when == "before" && can_come_before(rule.kind))
        rule.when = Moment::before;
    else if (when == "after" && rule.kind != FaultKind::rate_limit)
        rule.when = Moment::after;
    else
        fields.refuse(joined("'", when, "' does not go with ", name(rule.kind)), "when",
                      "use before or after");
}

void read_effect(JsonFields& fields, FaultRule& rule) {
    read_moment(fields, rule);
    rule.status = static_cast<unsigned>(fields.number("status", 500, 599));
    if (rule.status < 400 && fields.has("status"))
        fields.refuse("a status from 400 to 599 is expected", "status");
    const std::string body = fields.text("body", rule.status >= 500 ? "html" : "json");
    if (body == "json")
        rule.body = BodyKind::json;
    else if (body == "empty")
        rule.body = BodyKind::empty;
    else if (body != "html")
        fields.refuse("html, json or empty is expected", "body");
    rule.message = fields.text("message");
    if (fields.has("retry_after"))
        rule.retry_after = static_cast<std::uint32_t>(fields.number("retry_after", 0));
    rule.quota_counts = fields.flag("quota_counts", rule.kind != FaultKind::rate_limit);
    const bool has_virtual = fields.has("virtual_ms");
    const std::uint64_t real_ms = fields.number("ms", rule.kind == FaultKind::slow_body ? 5 : 0);
    const std::uint64_t virtual_ms = fields.number("virtual_ms", 0);
    rule.delay_is_virtual = has_virtual;
    rule.delay = std::chrono::milliseconds(has_virtual ? virtual_ms : real_ms);
    rule.bytes = fields.number("bytes", usual_bytes(rule.kind), std::uint64_t{1} << 40);
    if (rule.bytes == 0 && usual_bytes(rule.kind) != 0)
        fields.refuse("a number of 1 or more is expected", "bytes");
    rule.by = fields.whole("by", 100);
    rule.close_notify = fields.flag("close_notify", false);
    rule.reset = fields.flag("reset", false);
    rule.location = fields.text("location", "https://localhost:1/elsewhere");
    if (const nlohmann::json* shape = fields.value("shape")) {
        if (const auto read = read_answer_shape(*shape, fields.place("shape")))
            rule.shape = *read;
        else
            fields.refuse(read.error().what, "shape");
    }
}

Result<FaultRule> read_rule(const nlohmann::json& json, const std::string& where) {
    JsonFields fields(json, where);
    FaultRule rule;
    const std::string kind = fields.text("kind");
    const auto* found = std::ranges::find(kind_names, kind);
    if (found == kind_names.end())
        fields.refuse(joined("there is no fault '", kind, "'"), "kind");
    else
        rule.kind = static_cast<FaultKind>(found - kind_names.begin());
    read_match(fields, rule);
    read_effect(fields, rule);
    fields.text("comment");
    if (auto finished = fields.finish(); !finished)
        return std::unexpected(finished.error());
    return rule;
}

}  // namespace

std::string_view name(FaultKind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

Result<FaultRules> read_faults(std::string_view text, const std::string& where) {
    const auto json = parse_json(text, where);
    if (!json)
        return std::unexpected(json.error());
    const nlohmann::json* list = &*json;
    if (json->is_object() && json->size() == 1 && json->contains("faults"))
        list = &json->at("faults");
    if (!list->is_array())
        return fail(ErrorKind::usage, "a list of fault rules is expected", where,
                    "write [{\"kind\": \"status\"}] or {\"faults\": [...]}");
    FaultRules rules;
    for (std::size_t at = 0; at < list->size(); ++at) {
        auto rule = read_rule((*list)[at], joined(where, ": [", std::to_string(at), "]"));
        if (!rule)
            return std::unexpected(rule.error());
        rules.push_back(std::move(*rule));
    }
    return rules;
}

}  // namespace seqload::sandbox

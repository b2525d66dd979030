#include "seqload/sandbox/service.hpp"

#include "mixed.hpp"
#include "new_record.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/sandbox/add_contacts.hpp"
#include "seqload/sandbox/contact_lookup.hpp"
#include "seqload/sandbox/gzip.hpp"
#include "seqload/sandbox/quota_fields.hpp"
#include "seqload/sandbox/remove_contacts.hpp"
#include "seqload/sandbox/team_lists.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

// A number in [0, 1) that depends on nothing but its arguments: whatever else happens, the same
// request meets the same chance.
double chance(std::uint64_t seed, RequestNumber number, std::size_t rule) {
    const std::uint64_t bits = mixed(mixed(mixed(seed) + number) + rule) >> 11;
    return static_cast<double>(bits) / 9007199254740992.0;  // 2^53
}

const Key* find_key(const std::vector<Key>& keys, const std::optional<std::string>& secret) {
    if (!secret)
        return nullptr;
    const auto found = std::ranges::find_if(
        keys, [&secret](const Key& key) { return key.secret == *secret && !key.closed; });
    return found == keys.end() ? nullptr : &*found;
}

bool is_a_search(Route route) {
    return route == Route::search_sequences || route == Route::search_users ||
           route == Route::search_contacts;
}

void pack(Answer& answer) {
    constexpr std::size_t worth_it = 860;  // below about this a packed answer is not smaller
    if (answer.body.size() < worth_it)
        return;
    answer.body = gzip(answer.body);
    answer.fields.add("content-encoding", "gzip");
    answer.fields.add("vary", "accept-encoding");
}

}  // namespace

std::vector<Pause> Arrival::pauses(Moment moment) const {
    std::vector<Pause> found;
    for (const FaultRule& rule : strike.latencies)
        if (rule.when == moment)
            found.push_back({rule.delay, rule.delay_is_virtual});
    return found;
}

// An answer, and whether the quota has to do with it.
struct Service::Verdict {
    Answer answer;
    bool shows_quota = false;
};

Service::Service(World world, FaultRules faults, const ServiceOptions& options, SteadyTime now,
                 WallTime wall)
    : start_(std::move(world)),
      fault_rules_(std::move(faults)),
      options_(options),
      started_(now),
      picker_(fault_rules_) {
    reset(now, wall);
}

Service::~Service() = default;

void Service::reset(SteadyTime now, WallTime wall) {
    team_ = std::make_unique<Team>(start_, wall);
    picker_ = FaultPicker(fault_rules_);
    quotas_ = std::make_unique<RouteQuotas>(start_, options_.limits, options_.other_uses, now);
    log_ = RequestLog();
    started_ = now;
    ++epoch_;
}

std::string Service::request_id(RequestNumber number) const {
    const std::uint64_t high = mixed(options_.seed ^ 0x5eed) ^ mixed(number);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-8000-%012x",
                  static_cast<unsigned>(high >> 32), static_cast<unsigned>((high >> 16) & 0xffffU),
                  static_cast<unsigned>(high & 0xfffU), static_cast<unsigned>(number));
    return text.data();
}

Arrival Service::receive(const Request& request, SteadyTime now, WallTime wall) {
    Arrival arrival;
    arrival.epoch = epoch_;
    const std::size_t question = request.target.find('?');
    arrival.path = request.target.substr(0, question);
    const std::string_view query = question == std::string::npos
                                       ? std::string_view()
                                       : std::string_view(request.target).substr(question + 1);
    arrival.parameters = Parameters::read(query, request.body, request.is_form);
    if (arrival.path.starts_with("/sandbox/"))
        return arrival;

    Routing routing = route_request(request.method, arrival.path);
    arrival.match = std::move(routing.match);
    arrival.no_route = routing.otherwise;

    RequestRecord made = new_record(request, arrival);
    made.arrived = now - started_;
    made.arrived_at = wall;
    RequestRecord& opened = log_.open(std::move(made));
    arrival.number = opened.number;
    if (arrival.match) {
        static const Parameters none;
        const RequestFacts facts{
            arrival.match->route, arrival.match->path_id,
            (arrival.parameters ? *arrival.parameters : none).all("contact_ids"),
            std::size_t{opened.contacts} + opened.labels};
        arrival.strike = picker_.pick(
            facts, [&](std::size_t rule) { return chance(options_.seed, opened.number, rule); });
        for (const FaultRule& latency : arrival.strike.latencies)
            opened.faults.push_back(latency.kind);
        if (arrival.strike.fault)
            opened.faults.push_back(arrival.strike.fault->kind);
    }
    return arrival;
}

std::optional<Answer> Service::refused_key(const Request& request, Route route) const {
    const Key* key = find_key(start_.keys, request.api_key);
    if (key == nullptr)
        key = find_key(start_.tokens, request.bearer);
    if (key == nullptr)
        return text_answer(401,
                           "Invalid API key. See "
                           "https://docs.apollo.io/reference/authentication for how to "
                           "authenticate.");
    const std::string_view scope = info(route).scope;
    if (!key->master && std::ranges::find(key->scopes, scope) == key->scopes.end())
        return json_answer(
            403, nlohmann::ordered_json{
                     {"error", joined("This API key is not authorized to access ", scope,
                                      ". Request an API key from your administrator that includes "
                                      "this endpoint in its configured scope.")},
                     {"error_code", "API_INACCESSIBLE"}});
    if (!start_.paid_plan && is_a_search(route))
        return message_answer(403,
                              "This endpoint is only available to Apollo users on paid plans.");
    return std::nullopt;
}

Effect Service::perform(const Arrival& arrival, SteadyTime now, WallTime wall) {
    Call call;
    call.parameters = *arrival.parameters;
    call.path_id = arrival.match->path_id;
    call.number = arrival.number;
    call.now = wall;
    const auto& fault = arrival.strike.fault;
    call.shape = fault && fault->kind == FaultKind::shape ? fault->shape : start_.shape;
    switch (arrival.match->route) {
        case Route::add_contact_ids:
            return add_contacts(*team_, call);
        case Route::remove_or_stop_contact_ids:
            return remove_contacts(*team_, call);
        case Route::search_sequences:
            return search_sequences(*team_, call);
        case Route::list_email_accounts:
            return list_email_accounts(*team_);
        case Route::list_labels:
            return list_labels(*team_);
        case Route::create_label:
            return create_label(*team_, call);
        case Route::search_users:
            return search_users(*team_, call);
        case Route::search_contacts:
            return search_contacts(*team_, call);
        case Route::show_contact:
            return show_contact(*team_, call);
        case Route::usage_stats:
            break;
    }
    Effect effect;
    effect.answer = usage_stats(now);
    return effect;
}

Service::Verdict Service::verdict(const Request& request, const Arrival& arrival, SteadyTime now,
                                  WallTime wall) {
    if (!arrival.match)
        return {arrival.no_route == NoRoute::other_method
                    ? error_answer(405, "This method is not allowed here.")
                    : error_answer(404, "There is nothing at this path.")};
    if (!arrival.parameters)
        return {error_answer(400, "The request body is not valid JSON.")};
    const Route route = arrival.match->route;
    if (auto refusal = refused_key(request, route))
        return {std::move(*refusal)};

    RequestRecord& record = log_.at(arrival.number);
    const auto& fault = arrival.strike.fault;
    if (fault && fault->when == Moment::before) {
        // A front end that fails does not know the quota.
        const bool by_front_end = fault->kind == FaultKind::status && fault->status >= 500;
        return {struck_before(arrival, *fault, now), !by_front_end};
    }
    if (const auto refusal = quotas_->take(route, now)) {
        record.refused_by = refusal->window;
        record.is_counted = start_.refused_requests_count;
        return {refusal_answer(route, quotas_->at(route, now), *refusal), true};
    }
    record.is_counted = true;
    record.is_processed = true;
    Effect effect = perform(arrival, now, wall);
    record.added = effect.added;
    record.skipped = effect.skipped;
    record.ended = effect.ended;
    return {std::move(effect.answer), true};
}

// The answer to a request that a fault keeps from being processed; damaged_answer replaces it where
// the fault is not of the quota.
Answer Service::struck_before(const Arrival& arrival, const FaultRule& fault, SteadyTime now) {
    const Route route = arrival.match->route;
    if (fault.quota_counts)
        record(arrival.number).is_counted = !quotas_->take(route, now).has_value();
    if (fault.kind != FaultKind::rate_limit)
        return {};
    Answer answer = refusal_answer(route, quotas_->at(route, now), {Window::minute, {}});
    answer.fields = HeaderFields{{"content-type", "application/json; charset=utf-8"}};
    if (fault.retry_after)
        answer.fields.add("retry-after", std::to_string(*fault.retry_after));
    return answer;
}

Script Service::answer(const Request& request, const Arrival& arrival, SteadyTime now,
                       WallTime wall) {
    if (arrival.number == 0) {
        Answer answer = control(request, arrival, now, wall);
        return plain_script(answer, request.keep_alive, wall);
    }
    if (arrival.epoch != epoch_)  // a reset came in between
        return plain_script(front_end_page(503), false, wall);
    Verdict verdict = this->verdict(request, arrival, now, wall);
    const auto& fault = arrival.strike.fault;
    if (fault)
        verdict.answer = damaged_answer(std::move(verdict.answer), *fault);
    verdict.answer.fields.add("x-request-id", request_id(arrival.number));
    record(arrival.number).decided = now - started_;
    if (verdict.shows_quota) {
        add_quota_fields(verdict.answer, quotas_->at(arrival.match->route, now), now);
        note_windows(record(arrival.number), now);
    }
    if (request.accepts_gzip && !(fault && fault->kind == FaultKind::gzip_bomb))
        pack(verdict.answer);
    Script script = fault ? damaged_script(verdict.answer, *fault, request.keep_alive, wall)
                          : plain_script(verdict.answer, request.keep_alive, wall);
    const std::vector<Pause> pauses = arrival.pauses(Moment::after);
    script.steps.insert(script.steps.begin(), pauses.begin(), pauses.end());
    const bool says_nothing = !script.is_answer && script.steps.size() == pauses.size();
    record(arrival.number).status = says_nothing ? 0 : verdict.answer.status;
    return script;
}

// As they are once the request has been counted.
void Service::note_windows(RequestRecord& record, SteadyTime now) {
    const QuotaWindows& quota = quotas_->at(*record.route, now);
    record.windows_then.emplace();
    for (const Window window : windows) {
        const auto opened = quota.opened(window, now);
        (*record.windows_then)[static_cast<std::size_t>(window)] = {
            quota.limits()[window], quota.used(window, now),
            opened ? std::optional(*opened - started_) : std::nullopt};
    }
}

void Service::sent(const Arrival& arrival, const Script& script, std::uint64_t bytes,
                   bool is_complete, SteadyTime now) {
    if (arrival.number == 0 || arrival.epoch != epoch_)
        return;
    RequestRecord& sent_record = record(arrival.number);
    sent_record.answer_bytes = bytes;
    if (bytes > 0)
        sent_record.answered = now - started_;
    sent_record.is_whole = is_complete && script.is_answer;
}

Answer Service::usage_stats(SteadyTime now) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const Route route : routes)
        if (route != Route::usage_stats)
            json[joined("[\"", info(route).controller, "\", \"", info(route).action, "\"]")] =
                usage_json(quotas_->at(route, now), now);
    return json_answer(200, json);
}

Answer Service::ledger(const Parameters& parameters) const {
    std::optional<SequenceIndex> only;
    if (const auto id = parameters.one("sequence")) {
        only = start_.find_sequence(*id);
        if (!only)
            return error_answer(404, "There is no such sequence.");
    }
    std::string json = team_->ledger.json(
        team_->world, team_->memberships,
        [this](RequestNumber number) { return request_id(number); }, only,
        parameters.one("contacts").value_or("true") == "true");
    json.back() = ',';
    return json_answer(200, joined(json, "\"requests\":", log_.counts_json(), "}"));
}

Answer Service::requests(const Parameters& parameters, SteadyTime now) {
    LogExcerpt excerpt;
    excerpt.from = parameters.number("from", 1, UINT32_MAX);
    excerpt.with_asked = parameters.flag("asked");
    if (const auto name = parameters.one("route")) {
        excerpt.route = find_route(*name);
        if (!excerpt.route)
            return error_answer(404, "There is no such route.");
    }
    std::string json =
        log_.json(excerpt, [this](RequestNumber number) { return request_id(number); });
    // Looking at any route brings all of them up to now.
    static_cast<void>(quotas_->at(Route::add_contact_ids, now));
    json.back() = ',';
    return json_answer(200,
                       joined(json, "\"other_use\":",
                              spendings_json(quotas_->spendings(), started_, excerpt.route), "}"));
}

Answer Service::spend(const Request& request, SteadyTime now) {
    const auto uses = read_other_uses(request.body, "the body");
    if (!uses)
        return error_answer(422, to_string(uses.error()));
    const std::size_t before = quotas_->spendings().size();
    quotas_->add(*uses, now);
    std::uint64_t spent = 0;
    std::uint64_t refused = 0;
    for (const OtherSpending& spending : std::span(quotas_->spendings()).subspan(before)) {
        spent += spending.requests - spending.refused;
        refused += spending.refused;
    }
    return json_answer(200, nlohmann::ordered_json{{"spent", spent}, {"refused", refused}});
}

Answer Service::control(const Request& request, const Arrival& arrival, SteadyTime now,
                        WallTime wall) {
    static const Parameters none;
    const std::string asked = joined(request.method, " ", arrival.path);
    if (asked == "POST /sandbox/faults") {
        auto rules = read_faults(request.body, "the body");
        if (!rules)
            return error_answer(422, to_string(rules.error()));
        fault_rules_ = std::move(*rules);
        picker_ = FaultPicker(fault_rules_);
        return json_answer(200, nlohmann::ordered_json{{"faults", fault_rules_.size()}});
    }
    if (asked == "POST /sandbox/reset") {
        reset(now, wall);
        return json_answer(200, nlohmann::ordered_json{{"reset", true}});
    }
    const Parameters& parameters = arrival.parameters ? *arrival.parameters : none;
    if (asked == "GET /sandbox/ledger")
        return ledger(parameters);
    if (asked == "GET /sandbox/requests")
        return requests(parameters, now);
    if (asked == "POST /sandbox/spend")
        return spend(request, now);
    return error_answer(404,
                        "There are GET /sandbox/ledger, GET /sandbox/requests, "
                        "POST /sandbox/faults, POST /sandbox/spend and POST /sandbox/reset.");
}

}  // namespace seqload::sandbox

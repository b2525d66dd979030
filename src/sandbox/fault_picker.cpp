#include "seqload/sandbox/fault_picker.hpp"

#include <algorithm>
#include <utility>

namespace seqload::sandbox {
namespace {

bool matches(const FaultRule& rule, const RequestFacts& facts) {
    if (rule.route && *rule.route != facts.route)
        return false;
    if (!rule.sequence.empty() && rule.sequence != facts.sequence)
        return false;
    if (rule.has_over && facts.rows <= rule.over)
        return false;
    return rule.contacts.empty() ||
           std::ranges::any_of(rule.contacts, [&facts](const std::string& contact) {
               return std::ranges::find(facts.contacts, contact) != facts.contacts.end();
           });
}

// Whether the rule wants the n-th request that it matches, chance aside.
bool wants(const FaultRule& rule, std::uint64_t nth) {
    if (nth < rule.from || nth > rule.until || (nth - rule.from + 1) % rule.every != 0)
        return false;
    return rule.nth.empty() || std::ranges::find(rule.nth, nth) != rule.nth.end();
}

}  // namespace

FaultPicker::FaultPicker(FaultRules rules) {
    for (FaultRule& rule : rules)
        rules_.push_back({std::move(rule)});
}

Strike FaultPicker::pick(const RequestFacts& facts,
                         const std::function<double(std::size_t)>& drawn) {
    Strike strike;
    for (std::size_t at = 0; at < rules_.size(); ++at) {
        Watched& watched = rules_[at];
        const FaultRule& rule = watched.rule;
        if (!matches(rule, facts))
            continue;
        ++watched.matched;
        const bool is_latency = rule.kind == FaultKind::latency;
        if ((!is_latency && strike.fault) || watched.struck >= rule.times ||
            !wants(rule, watched.matched))
            continue;
        if (rule.probability < 1.0 && drawn(at) >= rule.probability)
            continue;
        ++watched.struck;
        if (is_latency)
            strike.latencies.push_back(rule);
        else
            strike.fault = rule;
    }
    return strike;
}

}  // namespace seqload::sandbox

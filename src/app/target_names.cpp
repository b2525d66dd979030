#include "seqload/app/target_names.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>

namespace seqload::app {

namespace {

bool is_by_name(const Target& target, const TargetTable& targets) {
    return any_is_called(targets, {&target.sequence, 1}) ||
           any_is_called(targets, target.mailboxes) ||
           (target.user && any_is_called(targets, {&*target.user, 1}));
}

}  // namespace

std::string name_or_id(const TargetTable& targets, const Id& id) {
    const std::string* const name = targets.called(id);
    return name == nullptr ? id.text() : printable(*name);
}

std::string names_or_ids(const TargetTable& targets, std::span<const Id> ids) {
    std::string text;
    for (const Id& id : ids) {
        if (!text.empty())
            text += ';';
        const std::string* const name = targets.called(id);
        text += name == nullptr ? id.text() : *name;
    }
    return text;
}

bool any_is_called(const TargetTable& targets, std::span<const Id> ids) {
    return std::ranges::any_of(ids, [&](const Id& id) { return targets.called(id) != nullptr; });
}

std::string note_on_names(const plan::Planner& planner, const TargetTable& targets) {
    if (!targets.calls_any())
        return {};
    for (TargetIndex target = 0; target < planner.target_count(); ++target) {
        const plan::TargetLoad load = planner.load(target);
        const bool has_rows = load.contact_rows > 0 || load.label_rows > 0;
        if (has_rows && is_by_name(targets[target], targets))
            return "names are not looked up here; `seqload check` does that (two names of one "
                   "thing share requests)\n";
    }
    return {};
}

}  // namespace seqload::app

#include "seqload/app/plan_text.hpp"

#include "seqload/app/target_names.hpp"
#include "seqload/app/target_table.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

constexpr std::size_t most_targets = 20;

std::uint64_t rows_of(const plan::TargetLoad& target) {
    return std::uint64_t{target.contact_rows} + target.label_rows;
}

struct Shown {
    std::vector<TargetIndex> targets;  // in the order of their rows
    std::size_t others = 0;
};

// Of the targets with something to send those with the most rows, the first before others
// with as many. There may be as many targets as rows, so they are not all sorted.
Shown largest(const plan::Planner& planner) {
    std::multimap<std::uint64_t, TargetIndex, std::greater<>> first;
    std::size_t all = 0;
    for (TargetIndex i = 0; i < planner.target_count(); ++i) {
        const std::uint64_t rows = rows_of(planner.load(i));
        if (rows == 0)
            continue;
        ++all;
        if (first.size() == most_targets && rows <= std::prev(first.end())->first)
            continue;
        first.emplace(rows, i);
        if (first.size() > most_targets)
            first.erase(std::prev(first.end()));
    }
    Shown shown;
    for (const auto& [rows, target] : first)
        shown.targets.push_back(target);
    shown.others = all - first.size();
    return shown;
}

std::string sequence_column(const Target& target, const TargetTable& targets,
                            const PlanNames* names) {
    std::string id = name_or_id(targets, target.sequence);
    if (names == nullptr || !names->team.sequences)
        return id;
    const auto& sequences = *names->team.sequences;
    const auto found = std::ranges::find(sequences, target.sequence, &apollo::Sequence::id);
    if (found == sequences.end() || found->name.empty())
        return id;
    const std::string name = printable(found->name);
    const bool is_one_of_several =
        std::ranges::count(sequences, found->name, &apollo::Sequence::name) > 1;
    return is_one_of_several ? joined(name, " (", id, ")") : name;
}

std::string mailboxes_column(const Target& target, const TargetTable& targets,
                             const PlanNames* names) {
    std::string text = name_or_id(targets, target.mailboxes.front());
    if (names != nullptr && names->team.mailboxes) {
        const auto& mailboxes = *names->team.mailboxes;
        const auto found =
            std::ranges::find(mailboxes, target.mailboxes.front(), &apollo::Mailbox::id);
        if (found != mailboxes.end() && !found->email.empty())
            text = printable(found->email);
    }
    if (target.mailboxes.size() > 1)
        text += joined(" +", std::to_string(target.mailboxes.size() - 1));
    return text;
}

std::string user_named(const Id& user, const TargetTable& targets, const PlanNames* names) {
    if (names != nullptr && names->team.users) {
        const auto found = std::ranges::find(*names->team.users, user, &apollo::User::id);
        if (found != names->team.users->end() && !found->email.empty())
            return printable(found->email);
    }
    return name_or_id(targets, user);
}

// What distinguishes a target besides sequence and mailboxes.
std::string parameters_column(const Target& target, const TargetTable& targets,
                              const PlanNames* names) {
    std::string text;
    const auto add = [&text](std::string_view part) {
        if (!text.empty())
            text += ' ';
        text += part;
    };
    if (target.status != InitialStatus::unspecified)
        add(name(target.status));
    if (!target.auto_unpause_at.empty())
        add("until " + printable(target.auto_unpause_at));
    if (!target.from_address.empty())
        add("from " + printable(target.from_address));
    if (target.user)
        add("as " + user_named(*target.user, targets, names));
    for (std::size_t i = 0; i < flag_count; ++i) {
        if (target.flags[i])
            add(flag_names[i]);
    }
    return text;
}

// "label "VIP": 120 contacts".
std::string label_lines(const PlanNames& names) {
    std::string text;
    std::size_t shown = 0;
    for (const auto& [name, rows] : names.needs.labels) {
        const apollo::Label* const label = contact_label(names.team, name);
        if (label == nullptr || !label->count)
            continue;
        if (++shown <= most_targets)
            text += joined("label \"", printable(name), "\": ", counted(*label->count, "contact"),
                           "\n");
    }
    if (shown > most_targets)
        text += joined("… and ", counted(shown - most_targets, "label"), " more\n");
    return text;
}

std::string targets_text(const plan::Planner& planner, const TargetTable& targets,
                         const PlanNames* names, std::optional<std::size_t> columns) {
    const Shown shown = largest(planner);
    std::vector<TargetLine> lines;
    for (const TargetIndex index : shown.targets) {
        const Target target = targets[index];
        const plan::TargetLoad load = planner.load(index);
        lines.push_back({sequence_column(target, targets, names),
                         mailboxes_column(target, targets, names), load.contact_rows,
                         load.label_rows, load.requests,
                         parameters_column(target, targets, names)});
    }
    std::string text = target_table(lines, columns);
    if (shown.others > 0)
        text += joined("… and ", counted(shown.others, "target"), " more\n");
    return text;
}

// "canary: 5 rows of each of 3 targets first, up to 3 more requests".
std::string canary_line(const plan::Canary& canary, const plan::CanaryCost& cost) {
    std::string text = joined("canary: ", counted(canary.rows, "row"), " of ");
    text += cost.targets == 1 ? "the target" : "each of " + counted(cost.targets, "target");
    text += " first, ";
    return text + (cost.more_requests == 0
                       ? "no more requests"
                       : joined("up to ", grouped(cost.more_requests), " more ",
                                cost.more_requests == 1 ? "request" : "requests"));
}

// "2 labels reach 250 contacts: 199 to send, 51 duplicate".
std::string members_line(const PlannedInput& input) {
    const MemberTotals& members = input.members();
    std::string text =
        joined(counted(input.expanded_rows(), "label"),
               input.expanded_rows() == 1 ? " reaches " : " reach ",
               counted(members.rows, "contact"), ": ", grouped(members.to_send), " to send");
    const std::array<std::pair<std::string_view, std::uint64_t>, 3> kept_back{
        {{"settled already", members.passed_over},
         {"duplicate", members.duplicate},
         {"excluded", members.excluded}}};
    for (const auto& [what, count] : kept_back) {
        if (count > 0)
            text += joined(", ", grouped(count), " ", what);
    }
    return text;
}

}  // namespace

std::string plan_text(const PlannedInput& input, const plan::Canary& canary,
                      std::optional<std::size_t> columns, const PlanNames* names) {
    const plan::Totals totals = input.own_totals();
    std::string text;
    if (input.planner().totals().to_send > 0)
        text += targets_text(input.planner(), input.targets(), names, columns) +
                note_on_names(input.planner(), input.targets()) + '\n';
    if (names != nullptr) {
        const std::string labels = label_lines(*names);
        text += labels;
        if (!names->as_of.empty())
            text += joined("(", names->as_of, ")\n");
        if (!labels.empty() || !names->as_of.empty())
            text += '\n';
    }
    text += joined(counted(totals.rows, "row"), " read: ", grouped(totals.to_send), " to send");
    const std::array<std::pair<std::string_view, std::uint64_t>, 4> kept_back{
        {{"settled already", totals.passed_over},
         {"duplicate", totals.duplicate},
         {"excluded", totals.excluded},
         {"invalid", totals.invalid}}};
    for (const auto& [what, count] : kept_back) {
        if (count > 0)
            text += joined(", ", grouped(count), " ", what);
    }
    text += '\n';
    if (input.expanded_rows() > 0)
        text += members_line(input) + '\n';
    const plan::CanaryCost cost = plan::cost_of(canary, input.planner());
    if (cost.targets > 0)
        text += canary_line(canary, cost) + '\n';
    return text;
}

}  // namespace seqload::app

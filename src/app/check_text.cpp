#include "seqload/app/check_text.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

constexpr std::size_t most_findings = 50;

std::string number(const std::optional<std::uint32_t>& value) {
    return value ? grouped(*value) : "?";
}

std::string quota_line(const apollo::RouteUsage& usage) {
    std::string text = "quota      ";
    std::string_view separator;
    for (const Window window : windows) {
        const apollo::WindowUsage& now = usage[window];
        text += joined(separator, name(window), ": ");
        text += now.unlimited ? std::string("unlimited")
                              : joined(number(now.left), " of ", number(now.limit), " left");
        separator = ", ";
    }
    return text + '\n';
}

// What was found, and where; without what to do about it.
std::string matter_of(const Finding& finding) {
    std::string text = finding.place.empty() ? "" : joined(finding.place, ": ");
    text += finding.what;
    if (finding.rows > 0)
        text += joined(" (", counted(finding.rows, "row"), ")");
    return text;
}

std::string two_lines(const Finding& finding) {
    return joined(name(finding.severity), ": ", matter_of(finding), "\n    ", finding.next, "\n");
}

LogLine log_line(const Finding& finding) {
    const bool is_error = finding.severity == Severity::error;
    LogLine line{.level = is_error ? LogLevel::error : LogLevel::warning,
                 .message = matter_of(finding)};
    if (!finding.next.empty())
        line.message += joined(" (", finding.next, ")");
    if (finding.id && finding.reason == reason::sequence_not_found)
        line.sequence_id = finding.id->text();
    return line;
}

nlohmann::ordered_json finding_json(const Finding& finding) {
    nlohmann::ordered_json json{{"severity", name(finding.severity)}, {"what", finding.what}};
    if (!finding.place.empty())
        json["place"] = finding.place;
    json["next"] = finding.next;
    json["rows"] = finding.rows;
    return json;
}

std::string verdict(const TeamNeeds& needs, std::span<const Finding> findings) {
    const auto errors = static_cast<std::uint64_t>(
        std::ranges::count(findings, Severity::error, &Finding::severity));
    const std::uint64_t warnings = findings.size() - errors;
    if (findings.empty())
        return needs.requests == 0 ? "The key works; give it a FILE to check a load.\n"
                                   : "Everything would work.\n";
    if (errors == 0)
        return joined("Everything would work, with ", counted(warnings, "warning"), ".\n");
    std::string text = joined(counted(errors, "problem"), " would keep rows from being added");
    if (warnings > 0)
        text += joined(", and ", counted(warnings, "warning"));
    return text + ".\n";
}

}  // namespace

std::string findings_text(std::span<const Finding> findings) {
    std::string text;
    for (const Finding& finding : findings.first(std::min(findings.size(), most_findings)))
        text += two_lines(finding);
    if (findings.size() > most_findings)
        text += joined("… and ", grouped(findings.size() - most_findings), " more\n");
    return text;
}

std::vector<LogLine> finding_lines(std::span<const Finding> findings) {
    std::vector<LogLine> lines;
    for (const Finding& finding : findings.first(std::min(findings.size(), most_findings)))
        lines.push_back(log_line(finding));
    if (findings.size() > most_findings)
        lines.push_back(
            {.level = lines.back().level,
             .message = joined("… and ", grouped(findings.size() - most_findings), " more")});
    return lines;
}

std::string check_text(const TeamNeeds& needs, const Team& team,
                       std::span<const Finding> findings) {
    std::string text = "key        accepted";
    text += team.usage ? ", a master key\n" : "\n";
    if (team.usage) {
        if (const auto& usage = (*team.usage)[apollo::MeteredRoute::add_contacts])
            text += quota_line(*usage);
    }
    if (needs.requests > 0)
        text += joined("plan       ", counted(needs.requests, "request"), " for ",
                       counted(needs.sequences.size(), "sequence"), " from ",
                       grouped(needs.mailboxes.size()),
                       needs.mailboxes.size() == 1 ? " mailbox\n" : " mailboxes\n");
    if (!needs.labels.empty() && team.labels)
        text += joined("labels     ", counted(needs.labels.size(), "label"), " with ",
                       counted(contacts_of(needs, team), "contact"), "\n");
    text += '\n';
    text += findings_text(findings);
    if (!findings.empty())
        text += '\n';
    return text + verdict(needs, findings);
}

std::string check_json(const TeamNeeds& needs, const Team& team,
                       std::span<const Finding> findings) {
    using Json = nlohmann::ordered_json;
    const auto perhaps = [](const auto& value) { return value ? Json(*value) : Json(); };
    Json json;
    json["ok"] = std::ranges::count(findings, Severity::error, &Finding::severity) == 0;
    json["quota"] = Json::object();
    if (team.usage) {
        if (const auto& usage = (*team.usage)[apollo::MeteredRoute::add_contacts]) {
            for (const Window window : windows) {
                const apollo::WindowUsage& now = (*usage)[window];
                json["quota"][std::string(name(window))] = {{"limit", perhaps(now.limit)},
                                                            {"used", perhaps(now.consumed)},
                                                            {"left", perhaps(now.left)}};
            }
        }
    }
    json["requests"] = needs.requests;
    json["sequences"] = Json::array();
    for (const auto& [id, rows] : needs.sequences) {
        Json entry{{"sequence_id", id.text()}, {"rows", rows}};
        if (team.sequences) {
            const auto found = std::ranges::find(*team.sequences, id, &apollo::Sequence::id);
            if (found != team.sequences->end())
                entry.update({{"name", found->name},
                              {"active", found->active},
                              {"archived", found->archived}});
        }
        json["sequences"].push_back(std::move(entry));
    }
    json["labels"] = Json::array();
    for (const auto& [label, rows] : needs.labels) {
        Json entry{{"label", label}, {"rows", rows}, {"contacts", nullptr}};
        if (team.labels) {
            const auto found = std::ranges::find_if(*team.labels, [&](const apollo::Label& one) {
                return one.name == label && one.for_contacts();
            });
            if (found != team.labels->end())
                entry["contacts"] = perhaps(found->count);
        }
        json["labels"].push_back(std::move(entry));
    }
    json["findings"] = Json::array();
    for (const Finding& finding : findings)
        json["findings"].push_back(finding_json(finding));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace seqload::app

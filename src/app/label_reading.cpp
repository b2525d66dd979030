#include "seqload/app/label_reading.hpp"

#include "seqload/app/errand_sending.hpp"
#include "seqload/app/label_book.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <cstdint>
#include <utility>

namespace seqload::app {

namespace {

Result<std::vector<apollo::Label>> find_labels(const std::set<std::string>& names,
                                               const Team& team) {
    if (!team.labels) {
        return fail(
            ErrorKind::network,
            team.troubles.empty() ? "the team's labels could not be read" : team.troubles.front(),
            "--expand-labels",
            "`seqload resume` asks again and goes on; or load it without --expand-labels");
    }
    std::vector<apollo::Label> labels;
    for (const std::string& name : names) {
        const apollo::Label* const label = contact_label(team, name);
        if (label == nullptr) {
            return fail(ErrorKind::unusable_input,
                        joined("there is no label \"", printable(name), "\" for contacts"),
                        "--expand-labels", "see Apollo's list of labels");
        }
        labels.push_back(*label);
    }
    return labels;
}

// Those that a person has given are the limits of adding contacts.
void take_limits(const apollo::Usage& usage, QuotaLimits& limits) {
    const auto& searching = usage[apollo::MeteredRoute::search_contacts];
    if (!searching)
        return;
    for (const Window window : windows) {
        const apollo::WindowUsage& known = (*searching)[window];
        if (known.unlimited)
            limits[window] = std::nullopt;
        else if (known.limit.value_or(0) > 0)
            limits[window] = known.limit;
    }
}

}  // namespace

Result<LabelReading> read_labels(const std::set<std::string>& names, const Team& team,
                                 const LabelReadingParts& parts) {
    auto labels = find_labels(names, team);
    if (!labels)
        return std::unexpected(std::move(labels.error()));
    ConnectionOptions connection = parts.options.connection;
    if (parts.deadline)
        connection.deadline = *parts.deadline - parts.clock.now();
    if (team.usage)
        take_limits(*team.usage, connection.limits);
    LabelBook book(std::move(*labels), parts.api.credentials, "seqload/" SEQLOAD_VERSION);
    const std::uint64_t pages = book.pages();
    auto end = carry_out_errands({.connection = connection,
                                  .api = parts.api,
                                  .clock = parts.clock,
                                  .random = parts.random,
                                  .store = parts.store,
                                  .run = parts.run,
                                  .book = book,
                                  .items = pages,
                                  .quiet = parts.options.plan.quiet,
                                  .path = "/contacts/search",
                                  .words = {.item = "label page", .done = "read"}});
    if (!end)
        return std::unexpected(std::move(end.error()));
    LabelReading reading{
        .members = {}, .notes = {}, .end = std::move(end->run), .signal = end->signal};
    if (reading.end.reason != dispatch::StopReason::finished)
        return reading;
    if (book.trouble())
        return std::unexpected(*book.trouble());
    for (auto& [name, contacts] : std::move(book).take()) {
        if (contacts.listed.size() < contacts.said) {
            reading.notes.push_back(joined("Apollo counts ", counted(contacts.said, "contact"),
                                           " for label \"", printable(name), "\", and lists ",
                                           grouped(contacts.listed.size())));
        }
        reading.members.emplace(name, std::move(contacts.listed));
    }
    return reading;
}

}  // namespace seqload::app

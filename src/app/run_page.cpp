#include "seqload/app/run_page.hpp"

#include "seqload/app/team_memory.hpp"
#include "seqload/report/page.hpp"

#include <map>
#include <optional>
#include <utility>

namespace seqload::app {

namespace {

std::map<Id, std::string> names_of_sequences(const state::Store& store,
                                             const state::RunRecord& run) {
    std::map<Id, std::string> names;
    auto sequences = remembered_sequences(store, run.api_url, run.team);
    if (!sequences)
        return names;
    for (apollo::Sequence& sequence : *sequences)
        names.emplace(sequence.id, std::move(sequence.name));
    return names;
}

// As the last answer told them; of a run that did not end, as it began.
QuotaLimits limits_of(const PageParts& parts) {
    if (!parts.run.ending || parts.summary.counters.requests.sent == 0)
        return parts.options.connection.limits;
    QuotaLimits limits;
    for (const Window window : windows)
        limits[window] = parts.summary.counters[window].limit;
    return limits;
}

}  // namespace

Result<> write_run_page(const PageParts& parts, const std::filesystem::path& directory) {
    auto sent = parts.store.sent_batches(parts.run.id);
    if (!sent)
        return std::unexpected(std::move(sent.error()));
    auto traffic = report::read_traffic([&] { return sent->next(); }, limits_of(parts),
                                        parts.options.connection.time_scale);
    if (!traffic)
        return std::unexpected(std::move(traffic.error()));
    report::SequencesOfRun sequences;
    if (parts.plan != nullptr) {
        const auto names = names_of_sequences(parts.store, parts.run);
        const auto name_of = [&names](const Id& id) {
            const auto found = names.find(id);
            return found == names.end() ? std::string() : found->second;
        };
        sequences = report::sequences_of(*parts.plan, parts.counts,
                                         report::PageNumbers::most_sequences, name_of);
    }
    return report::write_page({.summary = parts.summary,
                               .sequences = std::move(sequences),
                               .traffic = std::move(*traffic),
                               .problems = parts.problems,
                               .file_names = parts.file_names,
                               .attention = directory / "attention.csv",
                               .fail_on_skipped = parts.options.fail_on_skipped},
                              directory / "report.html");
}

}  // namespace seqload::app

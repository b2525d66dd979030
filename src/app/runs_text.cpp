#include "seqload/app/runs_text.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/model/outcome.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

using RunLine = std::vector<std::string>;

std::string input_of(const state::RunRecord& run) {
    if (run.undoes)
        return "run " + *run.undoes;
    if (run.inputs.empty())
        return "";
    std::string text = printable(run.inputs.front().name);
    if (run.inputs.size() > 1)
        text += joined(" and ", std::to_string(run.inputs.size() - 1), " more");
    return text;
}

std::string count_of(std::optional<std::uint64_t> number) {
    return number ? grouped(*number) : "-";
}

RunLine line_of(const ListedRun& listed) {
    const state::RunRecord& run = listed.record;
    const bool is_load = run.command == "load";
    return {run.id,
            run.command,
            state_of(run),
            run.ending ? std::to_string(run.ending->exit_code) : "-",
            count_of(run.planned_rows),
            is_load ? grouped(listed.rows[RowStatus::added]) : "-",
            input_of(run)};
}

}  // namespace

std::string state_of(const state::RunRecord& run) {
    if (run.process)
        return joined("running (", std::to_string(*run.process), ")");
    if (!run.ending)
        return "killed";
    const std::string& reason = run.ending->stop_reason;
    if (reason == "finished" || reason == "declined")
        return reason;
    if (reason == "check_failed")
        return "check failed";
    return joined("stopped (", printable(reason), ")");
}

std::string runs_text(std::span<const ListedRun> runs) {
    if (runs.empty())
        return "No runs on record.\n";
    std::vector<RunLine> lines{{"run", "command", "state", "code", "rows", "added", "input"}};
    for (const ListedRun& run : runs)
        lines.push_back(line_of(run));
    std::vector<std::size_t> widths(lines.front().size());
    for (const RunLine& line : lines) {
        for (std::size_t column = 0; column < line.size(); ++column)
            widths[column] = std::max(widths[column], line[column].size());
    }
    std::string text;
    for (const RunLine& line : lines) {
        for (std::size_t column = 0; column + 1 < line.size(); ++column) {
            const std::string padding(widths[column] - line[column].size(), ' ');
            const bool is_number = column >= 3;
            text += is_number ? padding + line[column] : line[column] + padding;
            text += "  ";
        }
        text += line.back() + '\n';
    }
    return text;
}

std::string runs_json(std::span<const ListedRun> runs) {
    using Json = nlohmann::ordered_json;
    Json list = Json::array();
    for (const ListedRun& listed : runs) {
        const state::RunRecord& run = listed.record;
        Json json;
        json["run_id"] = run.id;
        json["command"] = run.command;
        if (run.undoes)
            json["undoes"] = *run.undoes;
        json["started_at"] = to_text(run.started_at);
        json["finished_at"] = run.ending ? Json(to_text(run.ending->finished_at)) : Json();
        json["state"] = state_of(run);
        json["exit_code"] = run.ending ? Json(run.ending->exit_code) : Json();
        json["input"] = Json::array();
        for (const state::InputFile& file : run.inputs)
            json["input"].push_back(file.name);
        Json& rows = json["rows"];
        rows["total"] = run.planned_rows ? Json(*run.planned_rows) : Json();
        for (const RowStatus status : row_statuses) {
            if (listed.rows[status] > 0)
                rows[std::string(name(status))] = listed.rows[status];
        }
        json["requests"] = run.requests.sent;
        json["output_directory"] = run.output_directory;
        list.push_back(std::move(json));
    }
    return list.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace seqload::app

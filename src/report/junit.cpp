#include "seqload/report/junit.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "xml_text.hpp"

#include <chrono>
#include <cstdio>
#include <utility>

namespace seqload::report {

namespace {

using Key = JunitCases::Key;
using Kind = JunitCases::Kind;
using Case = JunitCases::Case;

std::string attribute(std::string_view name, std::string_view value) {
    return joined(" ", name, "=\"", xml_text(value), "\"");
}

std::string attribute(std::string_view name, std::uint64_t value) {
    return attribute(name, std::to_string(value));
}

std::string seconds(const Summary& summary) {
    const auto taken = summary.finished_at ? *summary.finished_at - summary.started_at
                                           : WallTime::duration::zero();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(taken).count();
    std::string fraction = std::to_string(milliseconds % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    return joined(std::to_string(milliseconds / 1000), ".", fraction);
}

std::string case_name(const Key& key, const TargetTable& targets) {
    switch (key.kind) {
        case Kind::target: {
            const Target target = targets[key.target];
            return joined("sequence ", target.sequence.text(), " from ", mailboxes_text(target));
        }
        case Kind::other_targets:
            return "other targets";
        case Kind::without_target:
            return "rows without a target";
    }
    std::unreachable();
}

std::string listed_rows(const Case& one, std::span<const std::string> file_names) {
    std::string text;
    for (const RowProblem& problem : one.listed) {
        const std::string where = place(problem, file_names);
        text += joined(where, where.empty() ? "" : ": ", sentence(problem), "\n");
    }
    if (one.needing_a_person > one.listed.size())
        text += joined("… and ", counted(one.needing_a_person - one.listed.size(), "row"),
                       " more, in attention.csv\n");
    return text;
}

std::string case_text(const Key& key, const Case& one, const std::string& suite,
                      const TargetTable& targets, std::span<const std::string> file_names) {
    std::string text = joined("    <testcase", attribute("classname", suite),
                              attribute("name", case_name(key, targets)));
    if (one.needing_a_person == 0 && one.not_attempted == 0)
        return text + "/>\n";
    text += ">\n";
    if (one.needing_a_person > 0)
        text +=
            joined("      <failure",
                   attribute("message",
                             joined(grouped(one.needing_a_person), " of ", counted(one.rows, "row"),
                                    one.needing_a_person == 1 ? " needs" : " need", " a person")),
                   attribute("type", "needs_a_person"), ">", xml_text(listed_rows(one, file_names)),
                   "</failure>\n");
    else
        text += joined("      <error",
                       attribute("message", joined(grouped(one.not_attempted), " of ",
                                                   counted(one.rows, "row"),
                                                   " not attempted: seqload resume")),
                       attribute("type", "not_attempted"), "/>\n");
    return text + "    </testcase>\n";
}

struct Totals {
    std::uint64_t tests = 0;
    std::uint64_t failures = 0;
    std::uint64_t errors = 0;

    void add(const Case& one) {
        ++tests;
        if (one.needing_a_person > 0)
            ++failures;
        else if (one.not_attempted > 0)
            ++errors;
    }

    std::string attributes() const {
        return joined(attribute("tests", tests), attribute("failures", failures),
                      attribute("errors", errors));
    }
};

std::string suite_text(std::optional<std::uint32_t> file, const Summary& summary,
                       const JunitCases& cases, const TargetTable& targets,
                       std::span<const std::string> file_names) {
    const std::string name =
        file ? printable(file_names[*file]) : std::string("rows that cannot be read any more");
    Totals totals;
    std::string text;
    for (const auto& [key, one] : cases.cases()) {
        if (key.file != file)
            continue;
        totals.add(one);
        text += case_text(key, one, name, targets, file_names);
    }
    if (!file && totals.tests == 0)
        return {};
    return joined("  <testsuite", attribute("name", name), totals.attributes(),
                  attribute("timestamp", to_text(summary.started_at)),
                  attribute("time", seconds(summary)), ">\n", text, "  </testsuite>\n");
}

}  // namespace

void JunitCases::see(const ReportedRow& reported) {
    Key key = key_of(reported);
    if (key.kind == Kind::target && cases_.size() >= most_cases && !cases_.contains(key))
        key = {.file = key.file, .kind = Kind::other_targets, .target = 0};
    Case& one = cases_[key];
    ++one.rows;
    if (reported.status() == RowStatus::not_attempted)
        ++one.not_attempted;
    if (!needs_person(reported.status(), fail_on_skipped_))
        return;
    ++one.needing_a_person;
    if (one.listed.size() < most_rows_listed)
        one.listed.push_back(problem_of(reported));
}

Key JunitCases::key_of(const ReportedRow& reported) const {
    if (reported.row == nullptr)
        return {.file = std::nullopt, .kind = Kind::without_target, .target = 0};
    if (reported.row->invalid)
        return {.file = reported.row->file, .kind = Kind::without_target, .target = 0};
    return {.file = reported.row->file, .kind = Kind::target, .target = reported.row->target};
}

std::string junit_text(const Summary& summary, const JunitCases& cases, const TargetTable& targets,
                       std::span<const std::string> file_names) {
    Totals totals;
    for (const auto& [key, one] : cases.cases())
        totals.add(one);
    std::string text = joined("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites",
                              attribute("name", "seqload run " + summary.run_id),
                              totals.attributes(), attribute("time", seconds(summary)), ">\n");
    for (std::uint32_t file = 0; file < file_names.size(); ++file)
        text += suite_text(file, summary, cases, targets, file_names);
    text += suite_text(std::nullopt, summary, cases, targets, file_names);
    return text + "</testsuites>\n";
}

}  // namespace seqload::report

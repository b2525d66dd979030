#include "seqload/app/github_actions.hpp"

#include "seqload/app/log.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/report/github_text.hpp"
#include "seqload/report/next_steps.hpp"

#include <fstream>

namespace seqload::app {

namespace {

// Another program's file, which other steps of the job add to as well: appended to, not
// written anew.
void append_step_summary(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::app);
    out << text;
    out.flush();
    if (!out)
        note(joined("the step summary cannot be written: ", printable(file)));
}

}  // namespace

bool is_github_actions(const net::Environment& environment) {
    return environment("GITHUB_ACTIONS") == "true";
}

std::vector<std::string> names_in_workspace(std::span<const state::InputFile> inputs,
                                            const net::Environment& environment) {
    const std::filesystem::path workspace = environment("GITHUB_WORKSPACE").value_or("");
    std::vector<std::string> names;
    for (const state::InputFile& input : inputs) {
        const auto relative = workspace.empty()
                                  ? std::filesystem::path()
                                  : std::filesystem::path(input.path).lexically_relative(workspace);
        const bool is_within = !relative.empty() && *relative.begin() != "..";
        names.push_back(is_within ? relative.generic_string() : input.name);
    }
    return names;
}

void tell_github(const RunReports& reports, std::span<const state::InputFile> inputs,
                 const std::filesystem::path& directory, bool fail_on_skipped,
                 const net::Environment& environment) {
    if (!is_github_actions(environment))
        return;
    const auto names = names_in_workspace(inputs, environment);
    // GitHub would not know them in JSON, and what reads JSON would not know them.
    Log::of_process().say_in_any_case(
        {}, report::annotations_text(reports.problems.first(), reports.problems.total(), names));
    const auto summary_file = environment("GITHUB_STEP_SUMMARY");
    if (!summary_file || summary_file->empty())
        return;
    const auto steps =
        report::next_steps(reports.summary, directory / "attention.csv", fail_on_skipped);
    append_step_summary(*summary_file,
                        report::step_summary_text(reports.summary, reports.problems.first(), names,
                                                  steps, fail_on_skipped));
}

}  // namespace seqload::app

// Whatever a file calls a plan: it is read, or refused with a reason; what is read
// is saved again as the same plan, and a load could be made of it.

#include "fuzz/must.hpp"
#include "seqload/app/saved_plan.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace seqload;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto plan = app::read_saved_plan(text, "plan.json");
    if (!plan) {
        must(plan.error().kind == ErrorKind::unusable_input, "no plan is unusable input");
        must(plan.error().where == "plan.json", "the file is named");
        must(!plan.error().what.empty() && !plan.error().next.empty(), "what and what next");
        return 0;
    }
    const auto again = app::read_saved_plan(app::to_json_text(*plan), "plan.json");
    must(again.has_value(), "a plan that was read can be saved");
    must(app::differences(*plan, *again).empty(), "it is the same plan then");

    app::SavedPlan other = *again;
    other.options = "{}";
    other.targets.clear();
    for (const auto& line : app::differences(*plan, other))
        must(line.find('\n') == line.npos, "a difference is one line");

    const auto options = app::options_for(*plan, {}, "plan.json");
    if (!options) {
        must(options.error().kind == ErrorKind::unusable_input, "the plan's options are at fault");
        return 0;
    }
    must(options->batch_size >= 1 && options->labels_per_request >= 1,
         "a request of the plan has room for somebody");
    must(options->files.size() == plan->files.size(), "the plan's files are loaded");
    return 0;
}

#include "seqload/app/plan_approval.hpp"

#include "seqload/app/exclusions.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/plan/plan_digest.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <utility>

namespace seqload::app {

namespace {

// The plan as `plan` makes it, after its pass over the files.
struct PlanNow {
    std::unique_ptr<PlannedInput> input;
    std::string digest;
};

Result<PlanNow> plan_now(const input::InputSet& files, const PlanOptions& options, Random& random) {
    const auto any_number = [&random] {
        return random.below(std::numeric_limits<std::uint64_t>::max());
    };
    auto exclusions = read_exclusions(options.excludes, any_number());
    if (!exclusions)
        return std::unexpected(std::move(exclusions.error()));
    auto input = std::make_unique<PlannedInput>(files.shared(), std::move(*exclusions), options,
                                                any_number());
    plan::PlanDigest digest;
    KnownRows known;
    known.to_send = [&digest](const Row& row) { digest.take(row); };
    auto read = input->read(
        [](const Row& /*row*/, const Outcome& /*outcome*/) { return Result<>(); }, known);
    if (!read)
        return std::unexpected(std::move(read.error()));
    return PlanNow{std::move(input), digest.text()};
}

}  // namespace

Result<SavedPlan> read_plan_file(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    if (!stream.is_open() || stream.bad())
        return fail(ErrorKind::unusable_input, "the plan cannot be read", printable(file),
                    "name the file that `seqload plan --save` has written");
    return read_saved_plan(text, printable(file));
}

Result<> refuse_what_differs(const input::InputSet& files, const PlanOptions& options,
                             const SavedPlan& approved, const std::string& file, Random& random) {
    auto now = plan_now(files, options, random);
    if (!now)
        return std::unexpected(std::move(now.error()));
    const auto found = differences(
        approved, saved_plan_of(*now->input, options, std::move(now->digest), options.read.now));
    if (found.empty())
        return {};
    std::string what = "this is not what was approved; nothing was sent";
    for (const std::string& line : found)
        what += joined(found.size() == 1 ? ": " : "; ", line);
    return fail(ErrorKind::unusable_input, std::move(what), printable(file),
                "have it approved anew: seqload plan --save");
}

// Names mean nothing in a saved plan: its rows go by what they are called.
Result<> refuse_other_rows(const input::InputSet& files, PlanOptions options,
                           const std::string& approved, Random& random) {
    options.read.names = {};
    const auto now = plan_now(files, options, random);
    if (!now)
        return std::unexpected(now.error());
    if (now->digest == approved)
        return {};
    return fail(ErrorKind::unusable_input,
                "these are not the rows that were approved; nothing was sent", "",
                "has an --exclude list changed? Put back what was there and resume, or have it "
                "approved anew: seqload plan --save");
}

}  // namespace seqload::app

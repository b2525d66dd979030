#include "seqload/app/planned_input.hpp"

#include "seqload/apollo/request_size.hpp"

#include <utility>
#include <variant>

namespace seqload::app {

namespace {

plan::RequestShape shape_of(const PlanOptions& options) {
    const auto form = options.form;
    const auto batch_size = options.batch_size;
    return {
        .contacts_per_request =
            [form, batch_size](const Target& target) {
                return apollo::contacts_per_request(target, form, batch_size);
            },
        .label_room = [form](const Target& target) { return apollo::label_room(target, form); },
        .label_cost = [](std::string_view label) { return apollo::label_cost(label); },
        .labels_per_request = options.labels_per_request,
    };
}

}  // namespace

PlannedInput::PlannedInput(input::InputSet files, plan::ExclusionList exclusions,
                           PlanOptions options, std::uint64_t seed)
    : files_(std::move(files)),
      exclusions_(std::move(exclusions)),
      options_(std::move(options)),
      planner_(shape_of(options_), exclusions_, targets_, seed),
      rows_per_file_(files_.size()) {}

Result<std::unique_ptr<input::RowReader>> PlannedInput::open_reader() {
    return input::RowReader::open(files_, options_.read, targets_);
}

Result<> PlannedInput::read(const TakeOutcome& take_outcome) {
    auto reader = open_reader();
    if (!reader)
        return std::unexpected(std::move(reader.error()));
    Row row;
    for (;;) {
        const auto more = (*reader)->next(row);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            break;
        ++rows_per_file_[row.file];
        auto decision = planner_.consider(row);
        if (auto* outcome = std::get_if<Outcome>(&decision)) {
            if (auto taken = take_outcome(row, std::move(*outcome)); !taken)
                return taken;
        }
    }
    planner_.finish();
    return {};
}

}  // namespace seqload::app

#include "seqload/app/planned_input.hpp"

#include "seqload/apollo/request_size.hpp"
#include "seqload/app/interruption.hpp"

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
      seed_(seed),
      planner_(shape_of(options_), exclusions_, targets_, seed_),
      rows_per_file_(files_.size()) {}

Result<std::unique_ptr<input::RowReader>> PlannedInput::open_reader() {
    return input::RowReader::open(files_, options_.read, targets_);
}

Result<> PlannedInput::read(const TakeOutcome& take_outcome, const KnownRows& known) {
    if (planner_.finished()) {
        planner_ = plan::Planner(shape_of(options_), exclusions_, targets_, seed_);
        rows_per_file_.assign(files_.size(), 0);
    }
    auto reader = open_reader();
    if (!reader)
        return std::unexpected(std::move(reader.error()));
    Row row;
    for (;;) {
        if (Interruption::signal() != 0)
            return fail(ErrorKind::stopped, "stopped before anything was sent", "", "");
        const auto more = (*reader)->next(row);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            break;
        ++rows_per_file_[row.file];
        if (auto taken = take(row, take_outcome, known); !taken)
            return taken;
    }
    planner_.finish();
    return {};
}

Result<> PlannedInput::take(const Row& row, const TakeOutcome& take_outcome,
                            const KnownRows& known) {
    if (known.done && known.done(row)) {
        planner_.pass_over(row);
        return {};
    }
    auto decision = planner_.consider(row);
    if (auto* outcome = std::get_if<Outcome>(&decision))
        return take_outcome(row, std::move(*outcome));
    if (known.outcome) {
        auto outcome = known.outcome(row);
        if (!outcome)
            return std::unexpected(std::move(outcome.error()));
        if (*outcome) {
            planner_.withdraw(row);
            return take_outcome(row, std::move(**outcome));
        }
    }
    if (known.to_send)
        known.to_send(row);
    return {};
}

std::vector<state::InputFile> PlannedInput::recorded_files() const {
    std::vector<state::InputFile> files;
    for (std::size_t i = 0; i < files_.size(); ++i) {
        const input::Fingerprint& print = files_.fingerprint(i);
        state::InputFile file{.name = files_.name(i), .path = files_.path(i).string()};
        if (print.complete) {
            file.bytes = print.size;
            file.fingerprint = to_text(print);
            file.block_digests = print.blocks;
            file.rows = rows_of(i);
        }
        files.push_back(std::move(file));
    }
    return files;
}

}  // namespace seqload::app

#include "seqload/app/planned_input.hpp"

#include "seqload/apollo/request_size.hpp"
#include "seqload/app/expanded_file.hpp"
#include "seqload/app/interruption.hpp"

#include <algorithm>
#include <limits>
#include <span>
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
      targets_(seed),
      planner_(shape_of(options_), exclusions_, targets_, seed_),
      rows_per_file_(files_.size()) {}

Result<std::unique_ptr<input::RowReader>> PlannedInput::open_reader() {
    return input::RowReader::open(files_, options_.read, targets_);
}

Result<std::unique_ptr<input::RowReader>> PlannedInput::open_own_reader() {
    auto files = files_.part(0, own_files());
    return input::RowReader::open(files, options_.read, targets_);
}

Result<std::unique_ptr<input::RowReader>> PlannedInput::open_member_reader() {
    auto file = files_.part(own_files(), files_.size() - own_files());
    return input::RowReader::open(file, options_for_expanded_file(options_.read), targets_);
}

Result<> PlannedInput::add_expanded_labels(const std::filesystem::path& file) {
    return files_.add_ours(file.string(), file);
}

std::size_t PlannedInput::own_files() const {
    const std::size_t all = files_.size();
    return all > 0 && files_.is_ours(all - 1) ? all - 1 : all;
}

std::uint64_t PlannedInput::own_rows() const {
    return planner_.totals().rows - members_.rows;
}

plan::Totals PlannedInput::own_totals() const {
    plan::Totals totals = planner_.totals();
    totals.rows -= members_.rows;
    totals.to_send = totals.to_send - members_.to_send + expanded_;
    totals.duplicate -= members_.duplicate;
    totals.excluded -= members_.excluded;
    totals.passed_over = totals.passed_over - members_.passed_over - expanded_;
    return totals;
}

std::uint64_t PlannedInput::members_to_send(TargetIndex target) const {
    return target < members_to_send_.size() ? members_to_send_[target] : 0;
}

Result<> PlannedInput::read(const TakeOutcome& take_outcome, const KnownRows& known) {
    if (planner_.finished()) {
        planner_ = plan::Planner(shape_of(options_), exclusions_, targets_, seed_);
        next_look_ = first_look;
        rows_per_file_.assign(files_.size(), 0);
        members_ = {};
        members_to_send_.clear();
        expanded_ = 0;
    }
    auto reader = open_reader();
    if (!reader)
        return std::unexpected(std::move(reader.error()));
    // Rows are read a stretch ahead of what is done with them, so that what the planner will
    // look at comes from memory meanwhile.
    Stretch* next = &stretches_.front();
    Stretch* here = &stretches_.back();
    auto more = read_some(**reader, *next);
    while (next->count > 0) {
        if (Interruption::signal() != 0)
            return fail(ErrorKind::stopped, "stopped before anything was sent", "", "");
        std::swap(here, next);
        next->count = 0;
        if (more && *more)
            more = read_some(**reader, *next);
        if (auto taken = take_all(*here, take_outcome, known); !taken)
            return taken;
    }
    if (!more)
        return std::unexpected(std::move(more.error()));
    planner_.finish();
    return {};
}

Result<bool> PlannedInput::read_some(input::RowReader& reader, Stretch& stretch) {
    stretch.count = 0;
    Result<bool> more = true;
    while (stretch.count < stretch.rows.size()) {
        more = reader.next(stretch.rows[stretch.count]);
        if (!more || !*more)
            break;
        ++stretch.count;
    }
    const auto rows = std::span(stretch.rows).first(stretch.count);
    planner_.prefetch(rows);
    if (!rows.empty() && rows.back().number >= next_look_)
        expect_rows(rows.back().number, reader.progress());
    return more;
}

Result<> PlannedInput::take_all(const Stretch& stretch, const TakeOutcome& take_outcome,
                                const KnownRows& known) {
    for (const Row& row : std::span(stretch.rows).first(stretch.count)) {
        ++rows_per_file_[row.file];
        if (auto taken = take(row, take_outcome, known); !taken)
            return taken;
    }
    return {};
}

// The rest of the files is taken for what was read so far. Not too much is staked on that
// at once, and nothing where there are few rows.
void PlannedInput::expect_rows(RowNumber so_far, const input::Progress& progress) {
    constexpr double at_most_times = 10;
    const double times =
        std::min(at_most_times, static_cast<double>(progress.bytes_total.value_or(0)) /
                                    static_cast<double>(progress.bytes_read));
    const double most = std::numeric_limits<RowNumber>::max();
    next_look_ = static_cast<RowNumber>(std::min(most, at_most_times * so_far));
    planner_.expect(static_cast<RowNumber>(std::min(most, times * so_far)));
}

Result<> PlannedInput::take(const Row& row, const TakeOutcome& take_outcome,
                            const KnownRows& known) {
    if (known.done && known.done(row)) {
        planner_.pass_over(row);
        count_member(row, &MemberTotals::passed_over);
        return {};
    }
    auto decision = planner_.consider(row);
    if (auto* outcome = std::get_if<Outcome>(&decision)) {
        count_member(row, outcome->status == RowStatus::duplicate ? &MemberTotals::duplicate
                                                                  : &MemberTotals::excluded);
        return take_outcome(row, std::move(*outcome));
    }
    if (known.expanded && known.expanded(row)) {
        planner_.withdraw(row);
        ++expanded_;
        return {};
    }
    if (known.outcome) {
        auto outcome = known.outcome(row);
        if (!outcome)
            return std::unexpected(std::move(outcome.error()));
        if (*outcome) {
            planner_.withdraw(row);
            count_member(row, &MemberTotals::passed_over);
            return take_outcome(row, std::move(**outcome));
        }
    }
    count_member(row, &MemberTotals::to_send);
    if (known.to_send)
        known.to_send(row);
    return {};
}

void PlannedInput::count_member(const Row& row, std::uint64_t MemberTotals::* as) {
    if (!files_.is_ours(row.file))
        return;
    ++members_.rows;
    ++(members_.*as);
    if (as != &MemberTotals::to_send)
        return;
    if (members_to_send_.size() <= row.target)
        members_to_send_.resize(std::size_t{row.target} + 1);
    ++members_to_send_[row.target];
}

state::InputFile PlannedInput::recorded_file(std::size_t file) const {
    const input::Fingerprint& print = files_.fingerprint(file);
    state::InputFile recorded{.name = files_.name(file), .path = files_.path(file).string()};
    if (print.complete) {
        recorded.bytes = print.size;
        recorded.fingerprint = to_text(print);
        recorded.block_digests = print.blocks;
        recorded.rows = rows_of(file);
    }
    return recorded;
}

std::vector<state::InputFile> PlannedInput::recorded_files() const {
    std::vector<state::InputFile> files;
    files.reserve(own_files());
    for (std::size_t file = 0; file < own_files(); ++file)
        files.push_back(recorded_file(file));
    return files;
}

std::optional<state::InputFile> PlannedInput::recorded_expanded_labels() const {
    if (!has_expanded_labels())
        return std::nullopt;
    return recorded_file(files_.size() - 1);
}

}  // namespace seqload::app

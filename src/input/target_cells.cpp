#include "seqload/input/target_cells.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/input/cell_values.hpp"
#include "seqload/input/text_encoding.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace seqload::input {

namespace {

constexpr TargetIndex unknown = std::numeric_limits<TargetIndex>::max();

std::unexpected<BadCell> bad(InvalidReason reason, std::string_view text,
                             std::string_view explanation = {}) {
    std::string detail(bounded(text, most_detail_bytes));
    if (!explanation.empty())
        detail += joined(" (", explanation, ")");
    return std::unexpected(BadCell{reason, std::move(detail)});
}

std::vector<Id> each_once(std::vector<Id> ids) {
    std::ranges::sort(ids);
    const auto repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
    return ids;
}

// nullopt: nobody has looked the name up, or it is no one's in particular.
std::optional<Id> known_id(const NameTable& names, Column column, std::string_view name) {
    const NameTable::Meaning* const meaning = names.find(column, name);
    return meaning != nullptr && meaning->has_value() ? std::optional(**meaning) : std::nullopt;
}

// What a name means, or the stand-in for it, which the table then calls so.
Id id_called(const NameTable& names, Column column, std::string_view name, TargetTable& targets) {
    if (const auto known = known_id(names, column, name))
        return *known;
    const Id id = stand_in_for(column, name);
    targets.call(id, name);
    return id;
}

std::string is_called_otherwise(std::string_view name, const Id& id) {
    constexpr std::size_t most_bytes = 80;
    return joined("\"", bounded(name, most_bytes), "\" is ", id.text());
}

// The ids that stand in a cell and the names in the one beside it: what contradicts, if anything
// is known to. Where all names are known, they must be the ids, and no id more.
std::optional<std::string> contradiction(const NameTable& names, Column column,
                                         std::span<const Id> ids,
                                         std::span<const std::string_view> called) {
    std::size_t known = 0;
    std::vector<Id> meant;
    for (const std::string_view name : called) {
        const auto id = known_id(names, column, name);
        if (!id)
            continue;
        ++known;
        if (std::ranges::find(ids, *id) == ids.end())
            return is_called_otherwise(name, *id);
        meant.push_back(*id);
    }
    if (called.empty() || known < called.size())
        return std::nullopt;
    for (const Id& id : ids) {
        if (std::ranges::find(meant, id) == meant.end())
            return joined(is_called_otherwise(called.front(), meant.front()), ", and ", id.text(),
                          " is not named");
    }
    return std::nullopt;
}

Target target_of(const RowDefaults& defaults) {
    Target target;
    target.sequence = defaults.sequence.value_or(Id());
    target.mailboxes = each_once(defaults.mailboxes);
    target.from_address = defaults.from_address;
    target.user = defaults.user;
    target.status = defaults.status;
    target.flags = defaults.flags;
    return target;
}

}  // namespace

TargetCells::TargetCells(const Header& header, const ReadOptions& options)
    : header_(&header), options_(&options), defaults_(target_of(options.defaults)) {}

std::expected<TargetIndex, BadCell> TargetCells::find(std::span<const std::string_view> cells,
                                                      const TargetKey& key, TargetTable& targets) {
    if (!key.is_new && key.number < known_.size() && known_[key.number] != unknown)
        return known_[key.number];
    const auto target = parse(cells, targets);
    const TargetIndex index = target ? targets.intern(*target) : unknown;
    if (key.number != TargetKey::none) {
        if (key.number >= known_.size())
            known_.resize(std::size_t{key.number} + 1, unknown);
        known_[key.number] = index;
    }
    if (!target)
        return std::unexpected(target.error());
    return index;
}

std::string_view TargetCells::cell(std::span<const std::string_view> cells, Column column) const {
    const auto index = header_->cell[place(column)];
    return index ? trimmed(cells[*index]) : std::string_view();
}

std::expected<Target, BadCell> TargetCells::parse(std::span<const std::string_view> cells,
                                                  TargetTable& targets) const {
    Target target = defaults_;
    if (auto parsed = parse_sequence(cells, target, targets); !parsed)
        return std::unexpected(std::move(parsed.error()));
    if (auto parsed = parse_mailbox_cells(cells, target, targets); !parsed)
        return std::unexpected(std::move(parsed.error()));
    if (auto parsed = parse_sender(cells, target); !parsed)
        return std::unexpected(std::move(parsed.error()));
    if (auto parsed = parse_user(cells, target, targets); !parsed)
        return std::unexpected(std::move(parsed.error()));
    if (auto parsed = parse_start(cells, target); !parsed)
        return std::unexpected(std::move(parsed.error()));
    if (auto parsed = parse_flags(cells, target); !parsed)
        return std::unexpected(std::move(parsed.error()));
    return target;
}

std::expected<void, BadCell> TargetCells::parse_sequence(std::span<const std::string_view> cells,
                                                         Target& target,
                                                         TargetTable& targets) const {
    const auto text = cell(cells, Column::sequence_id);
    const auto called = names_in(Column::sequence, cell(cells, Column::sequence));
    const RowDefaults& defaults = options_->defaults;
    if (!text.empty()) {
        const auto sequence = parse_id(text);
        if (!sequence)
            return bad(InvalidReason::bad_sequence_id, text);
        target.sequence = *sequence;
        if (const auto other =
                contradiction(options_->names, Column::sequence, {&*sequence, 1}, called))
            return bad(InvalidReason::bad_sequence_id, text, *other);
    } else if (!called.empty()) {
        target.sequence = id_called(options_->names, Column::sequence, called.front(), targets);
    } else if (!defaults.sequence && !defaults.sequence_called.empty()) {
        target.sequence =
            id_called(options_->names, Column::sequence, defaults.sequence_called, targets);
    } else if (!defaults.sequence) {
        return bad(InvalidReason::missing_sequence_id, "");
    }
    return {};
}

std::expected<void, BadCell> TargetCells::parse_mailbox_cells(
    std::span<const std::string_view> cells, Target& target, TargetTable& targets) const {
    const auto text = cell(cells, Column::email_account_id);
    const auto named = cell(cells, Column::email_account);
    const auto called = names_in(Column::email_account, named);
    const auto ids_called = [&](const auto& names) {
        std::vector<Id> ids;
        ids.reserve(names.size());
        for (const auto& name : names)
            ids.push_back(id_called(options_->names, Column::email_account, name, targets));
        return each_once(std::move(ids));
    };
    if (!text.empty()) {
        auto mailboxes = parse_mailboxes(text);
        if (!mailboxes)
            return bad(InvalidReason::bad_email_account_id, text);
        if (const auto other =
                contradiction(options_->names, Column::email_account, *mailboxes, called))
            return bad(InvalidReason::bad_email_account_id, text, *other);
        target.mailboxes = std::move(*mailboxes);
    } else if (!called.empty()) {
        target.mailboxes = ids_called(called);
    } else if (!named.empty()) {
        return bad(InvalidReason::bad_email_account_id, named);
    } else if (target.mailboxes.empty()) {
        target.mailboxes = ids_called(options_->defaults.mailboxes_called);
    }
    if (target.mailboxes.empty())
        return bad(InvalidReason::missing_email_account_id, "");
    return {};
}

std::expected<void, BadCell> TargetCells::parse_sender(std::span<const std::string_view> cells,
                                                       Target& target) const {
    if (const auto text = cell(cells, Column::send_email_from_email_address); !text.empty()) {
        if (!is_email_address(text))
            return bad(InvalidReason::bad_email_address, text);
        target.from_address = text;
    }
    return {};
}

std::expected<void, BadCell> TargetCells::parse_user(std::span<const std::string_view> cells,
                                                     Target& target, TargetTable& targets) const {
    const auto text = cell(cells, Column::user_id);
    const auto called = names_in(Column::user, cell(cells, Column::user));
    const RowDefaults& defaults = options_->defaults;
    if (!text.empty()) {
        target.user = parse_id(text);
        if (!target.user)
            return bad(InvalidReason::bad_user_id, text);
        if (const auto other =
                contradiction(options_->names, Column::user, {&*target.user, 1}, called))
            return bad(InvalidReason::bad_user_id, text, *other);
    } else if (!called.empty()) {
        target.user = id_called(options_->names, Column::user, called.front(), targets);
    } else if (!defaults.user && !defaults.user_called.empty()) {
        target.user = id_called(options_->names, Column::user, defaults.user_called, targets);
    }
    return {};
}

std::expected<void, BadCell> TargetCells::parse_start(std::span<const std::string_view> cells,
                                                      Target& target) const {
    if (const auto text = cell(cells, Column::status); !text.empty()) {
        const auto status = parse_status(text);
        if (!status)
            return bad(InvalidReason::bad_status, text);
        target.status = *status;
    }
    const auto text = cell(cells, Column::auto_unpause_at);
    if (text.empty()) {
        if (target.status == InitialStatus::paused)
            target.auto_unpause_at = options_->defaults.auto_unpause_at;
        return {};
    }
    const auto moment = parse_timestamp(text);
    if (!moment)
        return bad(InvalidReason::bad_auto_unpause_at, text, "not ISO 8601 with a zone");
    if (target.status != InitialStatus::paused)
        return bad(InvalidReason::bad_auto_unpause_at, text, "the status is not paused");
    if (*moment < options_->now)
        return bad(InvalidReason::bad_auto_unpause_at, text, "in the past");
    target.auto_unpause_at = text;
    return {};
}

std::expected<void, BadCell> TargetCells::parse_flags(std::span<const std::string_view> cells,
                                                      Target& target) const {
    for (std::size_t flag = 0; flag < flag_count; ++flag) {
        const auto column = static_cast<Column>(first_flag_column + flag);
        const auto text = cell(cells, column);
        if (text.empty())
            continue;
        const auto value = parse_flag(text);
        if (!value)
            return bad(InvalidReason::bad_flag, joined(name(column), "=", text));
        target.flags[flag] = *value;
    }
    return {};
}

}  // namespace seqload::input

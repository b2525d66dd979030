#pragma once

// Words for the tests of plan: ids by number, rows, and a shape of requests in which
// everything is small.

#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/plan/exclusion_list.hpp"
#include "seqload/plan/planner.hpp"
#include "seqload/plan/request_shape.hpp"
#include "support/numbered_id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace seqload::plan::test {

inline Id id_of(std::uint64_t number) {
    return seqload::test::numbered_id(number);
}

// Of how many contacts a request takes the address tells, as terms have to.
inline Target target_of(std::uint64_t sequence, std::uint64_t capacity) {
    Target target;
    target.sequence = id_of(sequence);
    target.mailboxes = {id_of(capacity)};
    target.from_address = std::to_string(capacity);
    return target;
}

inline Row contact_row(RowNumber number, const Id& contact, TargetIndex target) {
    Row row;
    row.number = number;
    row.contact = contact;
    row.target = target;
    return row;
}

inline Row label_row(RowNumber number, std::string_view label, TargetIndex target) {
    Row row;
    row.number = number;
    row.label = label;
    row.target = target;
    return row;
}

inline Row invalid_row(RowNumber number, InvalidReason reason, std::string_view detail) {
    Row row;
    row.number = number;
    row.invalid = reason;
    row.detail = detail;
    return row;
}

// A label costs its length, and there is room for ten times the capacity of contacts.
inline RequestShape small_shape(std::uint32_t labels_per_request = 1) {
    const auto capacity = [](const Target& target) {
        return static_cast<std::uint32_t>(std::stoul(target.from_address));
    };
    RequestShape shape;
    shape.contacts_per_request = capacity;
    shape.label_room = [capacity](const Target& target) {
        return std::size_t{10} * capacity(target);
    };
    shape.label_cost = [](std::string_view label) { return label.size(); };
    shape.labels_per_request = labels_per_request;
    return shape;
}

// What a planner answers, as a line: "send", "duplicate same_as_row_3".
inline std::string shown(const Decision& decision) {
    if (std::holds_alternative<Send>(decision))
        return "send";
    const auto& outcome = std::get<Outcome>(decision);
    std::string text(name(outcome.status));
    if (const auto reason = full_reason(outcome); !reason.empty())
        text += ' ' + reason;
    if (!outcome.detail.empty())
        text += ": " + outcome.detail;
    return text;
}

// A planner with its surroundings, which is told rows and numbers them.
class Plan {
public:
    explicit Plan(RequestShape shape = small_shape())
        : planner(std::move(shape), exclusions, targets, 42) {}

    TargetIndex target(std::uint64_t sequence, std::uint64_t capacity) {
        return targets.intern(target_of(sequence, capacity));
    }

    std::string contact(std::uint64_t contact, TargetIndex target) {
        return consider(contact_row(next(), id_of(contact), target));
    }
    std::string label(std::string_view label, TargetIndex target) {
        return consider(label_row(next(), label, target));
    }
    std::string invalid(InvalidReason reason, std::string_view detail) {
        return consider(invalid_row(next(), reason, detail));
    }

    RowNumber next() const { return static_cast<RowNumber>(rows.size() + 1); }

    std::string consider(const Row& row) {
        rows.push_back(row);
        decisions.push_back(planner.consider(row));
        return shown(decisions.back());
    }

    ExclusionList exclusions{7};
    TargetTable targets;
    Planner planner;
    std::vector<Row> rows;
    std::vector<Decision> decisions;
};

}  // namespace seqload::plan::test

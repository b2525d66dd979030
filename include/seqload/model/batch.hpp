#pragma once

// Rows of one target that go out in one request: contacts, or labels.

#include "seqload/model/id.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace seqload {

// A contact row in waiting: 16 bytes.
struct ContactRow {
    RowNumber row = 0;
    Id contact;

    bool operator==(const ContactRow&) const = default;
};

struct LabelRow {
    RowNumber row = 0;
    std::string label;

    bool operator==(const LabelRow&) const = default;
};

// Exactly one of contacts and labels is filled.
struct Batch {
    TargetIndex target = 0;
    std::vector<ContactRow> contacts;
    std::vector<LabelRow> labels;

    bool is_label() const { return !labels.empty(); }
    std::size_t size() const { return is_label() ? labels.size() : contacts.size(); }

    bool operator==(const Batch&) const = default;
};

}  // namespace seqload

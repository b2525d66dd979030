#pragma once

// The rows of a batch as the bytes of batches.members (stored.hpp). Pure.
//
//   contacts:  [row: 4][id: 12]                        16 bytes each
//   labels:    [row: 4][length: 4][label: length]
//
// Numbers are big-endian; the rows keep their order.

#include "seqload/model/batch.hpp"
#include "seqload/state/stored.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::state {

stored::MembersKind members_kind(const Batch& batch);

std::string encode_members(const Batch& batch);

// The batch again; nullopt if the bytes are not what encode_members makes of a
// batch with at least one row.
std::optional<Batch> decode_members(TargetIndex target, stored::MembersKind kind,
                                    std::string_view bytes);

// Only the rows of a batch of contacts, in place of what is in rows. False: not what
// encode_members makes of such a batch.
bool contact_rows_in(std::string_view bytes, std::vector<RowNumber>& rows);

}  // namespace seqload::state

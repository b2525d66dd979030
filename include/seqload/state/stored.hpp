#pragma once

// UNCHANGEABLE: every number and word that stands in state files already
// written. Nothing here may get another meaning; new ones may be added, and a
// new one that older programs would misread needs a new schema version.
// src/state/README.md explains each.

#include "seqload/model/id.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/target.hpp"
#include "seqload/state/batch_life.hpp"
#include "seqload/state/removal.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace seqload::state::stored {

// PRAGMA application_id: the letters "seql". Says whose database this is.
inline constexpr std::int32_t application_id = 0x7365716c;

// PRAGMA user_version: the schema that this program writes.
inline constexpr int schema_version = 5;

// batches.members_kind: what the members are.
enum class MembersKind : std::uint8_t { contacts = 1, labels = 2 };

// batches.members: numbers in big-endian order, so that a hex dump can be read.
inline constexpr std::size_t contact_member_size = 4 + Id::size;  // row, id
inline constexpr std::size_t label_member_head = 4 + 4;           // row, length; then the label

// ledger.how: how it became known that a contact is in a sequence.
enum class KnownAs : std::uint8_t { added = 1, found_there = 2 };

// outcomes.status, batches.common_status, label_contacts.status.
static_assert(std::to_underlying(RowStatus::added) == 1);
static_assert(std::to_underlying(RowStatus::already_in_sequence) == 2);
static_assert(std::to_underlying(RowStatus::skipped) == 3);
static_assert(std::to_underlying(RowStatus::duplicate) == 4);
static_assert(std::to_underlying(RowStatus::excluded) == 5);
static_assert(std::to_underlying(RowStatus::invalid) == 6);
static_assert(std::to_underlying(RowStatus::failed) == 7);
static_assert(std::to_underlying(RowStatus::unconfirmed) == 8);
static_assert(std::to_underlying(RowStatus::not_attempted) == 9);  // never stored: it is no row

// removals.status.
static_assert(std::to_underlying(RemovalStatus::waiting) == 1);
static_assert(std::to_underlying(RemovalStatus::removed) == 2);
static_assert(std::to_underlying(RemovalStatus::not_in_sequence) == 3);
static_assert(std::to_underlying(RemovalStatus::failed) == 4);

// batches.state.
static_assert(std::to_underlying(BatchState::waiting) == 1);
static_assert(std::to_underlying(BatchState::in_flight) == 2);
static_assert(std::to_underlying(BatchState::in_doubt) == 3);
static_assert(std::to_underlying(BatchState::in_flight_in_doubt) == 4);
static_assert(std::to_underlying(BatchState::split) == 5);
static_assert(std::to_underlying(BatchState::settled) == 6);

// targets.initial_status.
static_assert(std::to_underlying(InitialStatus::unspecified) == 0);
static_assert(std::to_underlying(InitialStatus::active) == 1);
static_assert(std::to_underlying(InitialStatus::paused) == 2);

// targets.flags: bit n is the flag of number n.
static_assert(std::to_underlying(Flag::sequence_no_email) == 0);
static_assert(std::to_underlying(Flag::sequence_unverified_email) == 1);
static_assert(std::to_underlying(Flag::sequence_job_change) == 2);
static_assert(std::to_underlying(Flag::sequence_active_in_other_campaigns) == 3);
static_assert(std::to_underlying(Flag::sequence_finished_in_other_campaigns) == 4);
static_assert(std::to_underlying(Flag::sequence_same_company_in_same_campaign) == 5);
static_assert(std::to_underlying(Flag::contacts_without_ownership_permission) == 6);
static_assert(std::to_underlying(Flag::add_if_in_queue) == 7);
static_assert(std::to_underlying(Flag::contact_verification_skipped) == 8);

// Numbers as they are read back; nullopt where nothing has that number.
std::optional<RowStatus> row_status(std::int64_t number);
std::optional<BatchState> batch_state(std::int64_t number);
std::optional<MembersKind> members_kind(std::int64_t number);
std::optional<InitialStatus> initial_status(std::int64_t number);
std::optional<RemovalStatus> removal_status(std::int64_t number);

}  // namespace seqload::state::stored

#pragma once

// Who is, or once was, in which sequence. A membership that was removed stays
// as a record, so that the same contact's next one starts from it.

#include "seqload/base/clock.hpp"
#include "seqload/sandbox/contact_book.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace seqload::sandbox {

using SequenceIndex = std::uint32_t;

enum class MembershipStatus : std::uint8_t {
    active,
    paused,
    finished,
    removed,  // not in the sequence any more
};

// "active", "paused", "finished", "removed".
std::string_view name(MembershipStatus status);

enum class InactiveReason : std::uint8_t {
    none,
    sequence_inactive,
    manually_finished,
    manually_stopped,
};

// As Apollo words it: "Sequence inactive"; empty for none.
std::string_view text(InactiveReason reason);

struct Membership {
    static constexpr std::uint32_t none = 0xffffffff;

    ContactIndex contact = 0;
    SequenceIndex sequence = 0;
    std::uint32_t next = none;     // the contact's next membership
    std::uint32_t mailbox = none;  // the one that sends
    std::uint32_t details = none;  // the addition's further parameters, see Memberships::details
    MembershipStatus status = MembershipStatus::active;
    InactiveReason inactive_reason = InactiveReason::none;
    WallTime added_at{};
    WallTime ended_at{};

    bool is_in() const { return status != MembershipStatus::removed; }
};

// What few additions give, kept apart to keep a membership small.
struct AdditionDetails {
    std::string from_address;
    std::string user_id;
    std::string auto_unpause_at;
};

class Memberships {
public:
    Memberships(const ContactBook& contacts, std::size_t sequences);

    // The record of this contact in this sequence, removed ones included; nullptr if there is none.
    Membership* find(ContactIndex contact, SequenceIndex sequence);
    const Membership* find(ContactIndex contact, SequenceIndex sequence) const;

    // All records of the contact, the oldest last.
    std::vector<const Membership*> of(ContactIndex contact) const;

    // Puts the contact into the sequence: given.contact, given.sequence and the rest. A removed
    // record is taken up again; one that is in is a broken promise.
    const Membership& put(Membership given, const AdditionDetails& details);

    // Ends it. removed takes the contact out, finished leaves it in.
    void end(Membership& membership, MembershipStatus status, InactiveReason reason, WallTime now);

    const AdditionDetails& details(const Membership& membership) const;

    // How many of this account are in the sequence.
    std::uint32_t colleagues(std::uint32_t account, SequenceIndex sequence) const;

    // How many are in the sequence with this status.
    std::uint32_t count(SequenceIndex sequence, MembershipStatus status) const;

    const std::vector<Membership>& all() const { return records_; }

private:
    std::uint32_t place_of(ContactIndex contact, SequenceIndex sequence) const;
    void tally(const Membership& membership, std::int32_t difference);

    const ContactBook& contacts_;
    std::vector<std::uint32_t> first_;  // by contact
    std::vector<Membership> records_;
    std::vector<AdditionDetails> details_;
    std::vector<std::array<std::uint32_t, 4>> counts_;             // by sequence and status
    std::unordered_map<std::uint64_t, std::uint32_t> colleagues_;  // by account and sequence
};

}  // namespace seqload::sandbox

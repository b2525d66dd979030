#include "seqload/sandbox/memberships.hpp"

#include <stdexcept>

namespace seqload::sandbox {
namespace {

std::uint64_t colleague_key(std::uint32_t account, SequenceIndex sequence) {
    return (std::uint64_t{account} << 32) | sequence;
}

}  // namespace

std::string_view name(MembershipStatus status) {
    constexpr std::array<std::string_view, 4> names{"active", "paused", "finished", "removed"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view text(InactiveReason reason) {
    constexpr std::array<std::string_view, 4> texts{"", "Sequence inactive", "manually finished",
                                                    "manually stopped"};
    return texts[static_cast<std::size_t>(reason)];
}

Memberships::Memberships(const ContactBook& contacts, std::size_t sequences)
    : contacts_(contacts), first_(contacts.size(), Membership::none), counts_(sequences) {}

std::uint32_t Memberships::place_of(ContactIndex contact, SequenceIndex sequence) const {
    std::uint32_t at = first_[contact];
    while (at != Membership::none && records_[at].sequence != sequence)
        at = records_[at].next;
    return at;
}

const Membership* Memberships::find(ContactIndex contact, SequenceIndex sequence) const {
    const std::uint32_t at = place_of(contact, sequence);
    return at == Membership::none ? nullptr : &records_[at];
}

Membership* Memberships::find(ContactIndex contact, SequenceIndex sequence) {
    const std::uint32_t at = place_of(contact, sequence);
    return at == Membership::none ? nullptr : &records_[at];
}

std::vector<const Membership*> Memberships::of(ContactIndex contact) const {
    std::vector<const Membership*> found;
    for (std::uint32_t at = first_[contact]; at != Membership::none; at = records_[at].next)
        found.push_back(&records_[at]);
    return found;
}

const Membership& Memberships::put(Membership given, const AdditionDetails& details) {
    if (!details.from_address.empty() || !details.user_id.empty() ||
        !details.auto_unpause_at.empty()) {
        // Additions of one request share their details.
        const bool same = !details_.empty() &&
                          details_.back().from_address == details.from_address &&
                          details_.back().user_id == details.user_id &&
                          details_.back().auto_unpause_at == details.auto_unpause_at;
        if (!same)
            details_.push_back(details);
        given.details = static_cast<std::uint32_t>(details_.size() - 1);
    }
    Membership* record = find(given.contact, given.sequence);
    if (record == nullptr) {
        given.next = first_[given.contact];
        first_[given.contact] = static_cast<std::uint32_t>(records_.size());
        records_.push_back(given);
        record = &records_.back();
    } else {
        if (record->is_in())
            throw std::logic_error("Memberships: the contact is in the sequence already");
        tally(*record, -1);
        given.next = record->next;
        *record = given;
    }
    tally(*record, +1);
    return *record;
}

void Memberships::end(Membership& membership, MembershipStatus status, InactiveReason reason,
                      WallTime now) {
    tally(membership, -1);
    membership.status = status;
    membership.inactive_reason = reason;
    membership.ended_at = now;
    tally(membership, +1);
}

const AdditionDetails& Memberships::details(const Membership& membership) const {
    static const AdditionDetails nothing;
    return membership.details == Membership::none ? nothing : details_[membership.details];
}

std::uint32_t Memberships::colleagues(std::uint32_t account, SequenceIndex sequence) const {
    const auto found = colleagues_.find(colleague_key(account, sequence));
    return found == colleagues_.end() ? 0 : found->second;
}

std::uint32_t Memberships::count(SequenceIndex sequence, MembershipStatus status) const {
    return counts_[sequence][static_cast<std::size_t>(status)];
}

void Memberships::tally(const Membership& membership, std::int32_t difference) {
    const auto change = static_cast<std::uint32_t>(difference);  // wraps round: -1 takes one off
    counts_[membership.sequence][static_cast<std::size_t>(membership.status)] += change;
    const std::uint32_t account = contacts_.account(membership.contact);
    if (account != 0 && membership.is_in())
        colleagues_[colleague_key(account, membership.sequence)] += change;
}

}  // namespace seqload::sandbox

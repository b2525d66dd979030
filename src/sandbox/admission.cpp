#include "seqload/sandbox/admission.hpp"

#include <array>

namespace seqload::sandbox {
namespace {

struct Obstacle {
    bool stands;
    bool waived;
    std::string_view reason;
};

}  // namespace

Whereabouts whereabouts(const ContactBook& contacts, const Memberships& memberships,
                        ContactIndex contact, SequenceIndex sequence) {
    Whereabouts where;
    for (const Membership* membership : memberships.of(contact)) {
        if (!membership->is_in())
            continue;
        if (membership->sequence == sequence)
            where.in_this_sequence = true;
        else if (membership->status == MembershipStatus::finished)
            where.finished_in_another = true;
        else
            where.active_in_another = true;
    }
    const std::uint32_t account = contacts.account(contact);
    where.colleague_in_this_sequence =
        account != 0 && memberships.colleagues(account, sequence) > 0;
    return where;
}

std::optional<std::string_view> reason_to_skip(const Traits& traits, const Whereabouts& where,
                                               const Waivers& waivers) {
    const std::array obstacles{
        Obstacle{where.in_this_sequence, false, "contacts_already_exists_in_current_campaign"},
        Obstacle{traits.has(Trait::unsubscribed), false, "contacts_unsubscribed"},
        Obstacle{traits.has(Trait::no_email), waivers.sequence_no_email, "contacts_without_email"},
        Obstacle{traits.has(Trait::unverified_email), waivers.sequence_unverified_email,
                 "contacts_unverified_email"},
        Obstacle{traits.has(Trait::unverified_user_managed),
                 waivers.sequence_unverified_email || waivers.contact_verification_skipped,
                 "contacts_with_unverified_user_managed_email"},
        Obstacle{traits.has(Trait::job_change), waivers.sequence_job_change,
                 "contacts_with_job_change"},
        Obstacle{where.active_in_another || traits.has(Trait::active_elsewhere),
                 waivers.sequence_active_in_other_campaigns, "contacts_active_in_other_campaigns"},
        Obstacle{where.finished_in_another || traits.has(Trait::finished_elsewhere),
                 waivers.sequence_finished_in_other_campaigns,
                 "contacts_finished_in_other_campaigns"},
        Obstacle{where.colleague_in_this_sequence || traits.has(Trait::colleague_in_sequence),
                 waivers.sequence_same_company_in_same_campaign, "contacts_in_same_company"},
        Obstacle{traits.has(Trait::owned_by_other), waivers.contacts_without_ownership_permission,
                 "contacts_without_ownership_permission"},
        Obstacle{traits.has(Trait::pending), waivers.add_if_in_queue, "contacts_in_pending_state"},
    };
    for (const Obstacle& obstacle : obstacles)
        if (obstacle.stands && !obstacle.waived)
            return obstacle.reason;
    return std::nullopt;
}

}  // namespace seqload::sandbox

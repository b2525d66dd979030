#include "seqload/sandbox/add_contacts.hpp"

#include "add_answer_body.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/sandbox/admission.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

namespace seqload::sandbox {
namespace {

struct Validated {
    SequenceIndex sequence = 0;
    std::vector<std::uint32_t> mailboxes;
};

Effect refused(Answer answer) {
    Effect effect;
    effect.answer = std::move(answer);
    return effect;
}

Effect unusable(std::string_view error) {
    return refused(error_answer(422, error));
}

// The refusal for mailboxes that cannot send for the sequence, if there are any.
std::optional<std::string> trouble_with(const World& world, const Sequence& sequence,
                                        const std::vector<std::string>& ids) {
    std::string inactive;
    std::string aggregate;
    for (const std::string& id : ids) {
        const auto place = world.find_mailbox(id);
        if (!place || !world.mailboxes[*place].usable())
            inactive +=
                joined(inactive.empty() ? "" : ", ", place ? world.mailboxes[*place].email : id);
        else if (world.mailboxes[*place].aggregate && !sequence.aggregate_accounts)
            aggregate += joined(aggregate.empty() ? "" : ", ", id);
    }
    if (!inactive.empty())
        return joined("These mailboxes are no longer active. ", inactive);
    if (!aggregate.empty())
        return joined(
            "Aggregate accounts are not supported for this sequence. These are the "
            "aggregate accounts: ",
            aggregate);
    return std::nullopt;
}

std::optional<std::string> trouble_with_status(const Parameters& parameters) {
    const auto status = parameters.one("status");
    const auto unpause = parameters.one("auto_unpause_at");
    if (status && *status != "active" && *status != "paused")
        return "Please specify a valid status: active or paused.";
    if (unpause && (!status || *status != "paused"))
        return "auto_unpause_at can only be used with status paused.";
    if (unpause && !parse_timestamp(*unpause))
        return "Please specify auto_unpause_at as an ISO 8601 date-time.";
    return std::nullopt;
}

Waivers waivers_of(const Parameters& parameters) {
    Waivers waivers;
    waivers.sequence_no_email = parameters.flag("sequence_no_email");
    waivers.sequence_unverified_email = parameters.flag("sequence_unverified_email");
    waivers.sequence_job_change = parameters.flag("sequence_job_change");
    waivers.sequence_active_in_other_campaigns =
        parameters.flag("sequence_active_in_other_campaigns");
    waivers.sequence_finished_in_other_campaigns =
        parameters.flag("sequence_finished_in_other_campaigns");
    waivers.sequence_same_company_in_same_campaign =
        parameters.flag("sequence_same_company_in_same_campaign");
    waivers.contacts_without_ownership_permission =
        parameters.flag("contacts_without_ownership_permission");
    waivers.add_if_in_queue = parameters.flag("add_if_in_queue");
    waivers.contact_verification_skipped = parameters.flag("contact_verification_skipped");
    return waivers;
}

// Does the adding, contact by contact.
class Addition {
public:
    Addition(Team& team, const Call& call, SequenceIndex sequence,
             std::vector<std::uint32_t> mailboxes)
        : team_(team),
          call_(call),
          sequence_(sequence),
          mailboxes_(std::move(mailboxes)),
          waivers_(waivers_of(call.parameters)),
          is_paused_(call.parameters.one("status") == "paused") {
        details_.from_address = call.parameters.one("send_email_from_email_address").value_or("");
        details_.user_id = call.parameters.one("user_id").value_or("");
        details_.auto_unpause_at = call.parameters.one("auto_unpause_at").value_or("");
    }

    void add(std::string_view asked) {
        const std::optional<Id> id = Id::parse(asked);
        const auto contact = id ? team_.world.contacts.find(*id) : std::nullopt;
        if (contact)
            add(*contact);
        else if (unknown_.emplace(asked).second)
            verdicts_.skipped.push_back({std::string(asked), "contact_not_found", std::nullopt});
    }

    void add(ContactIndex contact) {
        if (!seen_.insert(contact).second)
            return;
        const World& world = team_.world;
        const auto reason = reason_to_skip(
            world.contacts.traits(contact),
            whereabouts(world.contacts, team_.memberships, contact, sequence_), waivers_);
        if (reason) {
            verdicts_.skipped.push_back(
                {world.contacts.id(contact).text(), std::string(*reason), contact});
            return;
        }
        team_.memberships.put(membership(contact), details_);
        team_.ledger.record(Deed::added, contact, sequence_, call_.number);
        verdicts_.added.push_back(contact);
    }

    const Verdicts& verdicts() const { return verdicts_; }

private:
    Membership membership(ContactIndex contact) const {
        Membership made;
        made.contact = contact;
        made.sequence = sequence_;
        // Rotation: one mailbox after the other.
        made.mailbox = mailboxes_[verdicts_.added.size() % mailboxes_.size()];
        made.added_at = call_.now;
        if (is_paused_)
            made.status = MembershipStatus::paused;
        if (!team_.world.sequences[sequence_].active) {
            made.status = MembershipStatus::paused;
            made.inactive_reason = InactiveReason::sequence_inactive;
        }
        return made;
    }

    Team& team_;
    const Call& call_;
    SequenceIndex sequence_;
    std::vector<std::uint32_t> mailboxes_;
    Waivers waivers_;
    bool is_paused_;
    AdditionDetails details_;
    Verdicts verdicts_;
    std::unordered_set<ContactIndex> seen_;
    std::unordered_set<std::string> unknown_;
};

void add_labelled(const Team& team, const std::vector<std::string>& names, Addition& addition) {
    for (const std::string& name : names)
        if (const auto label = team.world.find_label(name))
            team.world.contacts.each_with_label(
                *label, [&addition](ContactIndex contact) { addition.add(contact); });
}

}  // namespace

Effect add_contacts(Team& team, const Call& call) {
    const Parameters& parameters = call.parameters;
    const auto sequence = team.world.find_sequence(call.path_id);
    if (!sequence)
        return refused(error_answer(404, "This sequence does not exist or was deleted."));
    const auto campaign = parameters.one("emailer_campaign_id");
    const std::vector<std::string>& mailbox_ids =
        parameters.all("send_email_from_email_account_id");
    if (!campaign || team.world.find_sequence(*campaign) != sequence || mailbox_ids.empty())
        return unusable(
            "Please specify a emailer_campaign_id and send_email_from_email_account_id.");
    const auto& contact_ids = parameters.all("contact_ids");
    const auto& label_names = parameters.all("label_names");
    if (contact_ids.empty() && label_names.empty())
        return unusable("Please specify either contact_ids or label_names.");
    if (const auto trouble = trouble_with(team.world, team.world.sequences[*sequence], mailbox_ids))
        return unusable(*trouble);
    if (const auto trouble = trouble_with_status(parameters))
        return unusable(*trouble);

    std::vector<std::uint32_t> mailboxes;
    mailboxes.reserve(mailbox_ids.size());
    for (const std::string& id : mailbox_ids)
        mailboxes.push_back(*team.world.find_mailbox(id));
    Addition addition(team, call, *sequence, std::move(mailboxes));
    for (const std::string& id : contact_ids)
        addition.add(id);
    add_labelled(team, label_names, addition);

    Effect effect;
    effect.added = static_cast<std::uint32_t>(addition.verdicts().added.size());
    effect.skipped = static_cast<std::uint32_t>(addition.verdicts().skipped.size());
    effect.answer =
        json_answer(200, add_answer_body(team, *sequence, addition.verdicts(), call.shape));
    return effect;
}

const std::vector<std::string_view>& add_contacts_parameters() {
    static const std::vector<std::string_view> names{"emailer_campaign_id",
                                                     "contact_ids",
                                                     "label_names",
                                                     "send_email_from_email_account_id",
                                                     "send_email_from_email_address",
                                                     "sequence_no_email",
                                                     "sequence_unverified_email",
                                                     "sequence_job_change",
                                                     "sequence_active_in_other_campaigns",
                                                     "sequence_finished_in_other_campaigns",
                                                     "sequence_same_company_in_same_campaign",
                                                     "contacts_without_ownership_permission",
                                                     "add_if_in_queue",
                                                     "contact_verification_skipped",
                                                     "user_id",
                                                     "status",
                                                     "auto_unpause_at",
                                                     "id"};
    return names;
}

}  // namespace seqload::sandbox

#include "seqload/sandbox/remove_contacts.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/contact_json.hpp"
#include "seqload/sandbox/json_text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace seqload::sandbox {
namespace {

struct Mode {
    std::string_view name;
    Deed deed;
    MembershipStatus status;
    InactiveReason reason;
};

const Mode* find_mode(std::string_view name) {
    static constexpr std::array modes{
        Mode{"remove", Deed::removed, MembershipStatus::removed, InactiveReason::none},
        Mode{"stop", Deed::stopped, MembershipStatus::finished, InactiveReason::manually_stopped},
        Mode{"mark_as_finished", Deed::finished, MembershipStatus::finished,
             InactiveReason::manually_finished}};
    const auto* found = std::ranges::find(modes, name, &Mode::name);
    return found == modes.end() ? nullptr : found;
}

// The answer's end: what the examples say of the sequences.
std::string about_sequences(const World& world, const std::vector<SequenceIndex>& sequences,
                            std::size_t contacts) {
    std::string json = "],\"emailer_campaigns\":[";
    std::string steps;
    for (const SequenceIndex sequence : sequences) {
        const std::string id = world.sequences[sequence].id.text();
        json += joined(json.back() == '[' ? "" : ",", "{\"id\":\"", id, "\"}");
        steps += joined(steps.empty() ? "" : ",", "{\"id\":\"", id.substr(0, 18),
                        R"(0999a4","emailer_campaign_id":")", id,
                        R"(","position":1,"wait_time":4,"type":"auto_email","wait_mode":"hour",)"
                        R"("note":null,"max_emails_per_day":null,"exact_datetime":null,)"
                        R"("priority":null,"auto_skip_in_x_days":null,"counts":{"active":0,)"
                        R"("paused":0,"finished":0,"bounced":0,"spam_blocked":0,"hard_bounced":0,)"
                        R"("not_sent":0},"ab_test_details":{}})");
    }
    json += joined(R"(],"num_contacts":)", std::to_string(contacts),
                   R"(,"contact_statuses":{"active":"loading","failed":0,"paused":"loading",)"
                   R"("finished":"loading","bounced":"loading","hard_bounced":"loading",)"
                   R"("spam_blocked":"loading","not_sent":"loading"},"emailer_steps":[)",
                   steps, "]}");
    return json;
}

Effect refused(unsigned status, std::string_view error) {
    Effect effect;
    effect.answer = error_answer(status, error);
    return effect;
}

}  // namespace

Effect remove_contacts(Team& team, const Call& call) {
    const auto& sequence_ids = call.parameters.all("emailer_campaign_ids");
    const auto& contact_ids = call.parameters.all("contact_ids");
    if (sequence_ids.empty() || contact_ids.empty())
        return refused(422, "Please specify emailer_campaign_ids and contact_ids.");
    const Mode* mode = find_mode(call.parameters.one("mode").value_or(""));
    if (mode == nullptr)
        return refused(422, "Please specify a valid mode: remove, stop or mark_as_finished.");
    std::vector<SequenceIndex> sequences;
    for (const std::string& id : sequence_ids) {
        const auto sequence = team.world.find_sequence(id);
        if (!sequence)
            return refused(404, "This sequence does not exist or was deleted.");
        sequences.push_back(*sequence);
    }

    Effect effect;
    std::string json = "{\"contacts\":[";
    std::size_t named = 0;
    for (const std::string& text : contact_ids) {
        const std::optional<Id> id = Id::parse(text);
        const auto contact = id ? team.world.contacts.find(*id) : std::nullopt;
        if (!contact)
            continue;
        bool is_touched = false;
        for (const SequenceIndex sequence : sequences) {
            Membership* membership = team.memberships.find(*contact, sequence);
            if (membership == nullptr || !membership->is_in())
                continue;
            team.memberships.end(*membership, mode->status, mode->reason, call.now);
            team.ledger.record(mode->deed, *contact, sequence, call.number);
            ++effect.ended;
            is_touched = true;
        }
        if (!is_touched)
            continue;
        json += named++ == 0 ? "" : ",";
        append_contact(json, team.world, team.memberships, *contact, ContactView::added);
    }
    effect.answer = json_answer(200, json + about_sequences(team.world, sequences, named));
    return effect;
}

}  // namespace seqload::sandbox

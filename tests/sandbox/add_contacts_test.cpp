#include "seqload/sandbox/add_contacts.hpp"

#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;

namespace {

std::string error(const Effect& effect) {
    return body_of(effect)["error"].get<std::string>();
}

const MembershipStatus* status_of(const Team& team, unsigned number, SequenceIndex sequence = 0) {
    const auto index = team.world.contacts.find(*Id::parse(contact(number)));
    const Membership* membership = team.memberships.find(*index, sequence);
    return membership == nullptr ? nullptr : &membership->status;
}

}  // namespace

TEST_CASE(
    "who is added is named in full, who is skipped with a reason, and the sequence is shown") {
    Team team(small_world(), {});
    const std::string person = "5f0000000000000000000001";
    const Effect effect = add_contacts(
        team, call(active_sequence,
                   addition(active_sequence, {contact(1), contact_with("job_change"), person})));
    CHECK(effect.answer.status == 200);
    CHECK(effect.added == 1);
    CHECK(effect.skipped == 2);
    const Json body = body_of(effect);
    REQUIRE(body["contacts"].size() == 1);
    CHECK(body["contacts"][0]["id"] == contact(1));
    CHECK(body["contacts"][0]["emailer_campaign_ids"] == Json::array({active_sequence}));
    CHECK(body["skipped_contact_ids"] ==
          Json{{contact_with("job_change"), "contacts_with_job_change"},
               {person, "contact_not_found"}});
    CHECK(body["emailer_campaign"]["id"] == active_sequence);
    CHECK(body["emailer_campaign"]["active"] == true);
    CHECK(body["emailer_steps"].size() == 1);
    CHECK(body["emailer_touches"].size() == 1);
    CHECK(body["team"]["id"] == team.world.team.text());
    CHECK(team.ledger.total(Deed::added) == 1);
}

TEST_CASE(
    "a contact is added once: again it is there already, and twice in a request it counts once") {
    Team team(small_world(), {});
    const std::string query = addition(active_sequence, {contact(1), contact(1)});
    CHECK(add_contacts(team, call(active_sequence, query)).added == 1);
    const Effect again = add_contacts(team, call(active_sequence, query, 2));
    CHECK(again.added == 0);
    CHECK(body_of(again)["skipped_contact_ids"] ==
          Json{{contact(1), "contacts_already_exists_in_current_campaign"}});
    CHECK(team.ledger.total(Deed::added) == 1);
}

TEST_CASE(
    "an id in capitals is the same contact; one that is none is not found, as it was written") {
    Team team(small_world(), {});
    const Effect effect = add_contacts(
        team,
        call(active_sequence, addition(active_sequence, {"66F00000000000000000000A", "nobody"})));
    CHECK(body_of(effect)["contacts"][0]["id"] == contact(10));
    CHECK(body_of(effect)["skipped_contact_ids"] == Json{{"nobody", "contact_not_found"}});
}

TEST_CASE("a label adds everyone who carries it; an unknown one matches nobody") {
    Team team(small_world(), {});
    const auto with_label = [&](std::string_view name) {
        return add_contacts(
            team, call(active_sequence,
                       addition(active_sequence, {}, "&label_names[]=") + std::string(name)));
    };
    CHECK(with_label("Tenth").added == 100);
    CHECK(with_label("Tenth").skipped == 100);
    const Effect nobody = with_label("No%20such");
    CHECK(nobody.answer.status == 200);
    CHECK(body_of(nobody)["contacts"].empty());
    CHECK(body_of(nobody)["skipped_contact_ids"] == Json::object());
    CHECK(with_label("Empty").added == 0);
    CHECK(with_label("Firms").added == 0);
}

TEST_CASE("contacts and labels may come together, and nobody is handled twice") {
    Team team(small_world(), {});
    const Effect effect = add_contacts(
        team, call(active_sequence,
                   addition(active_sequence, {contact(0), contact(1)}, "&label_names[]=Tenth")));
    CHECK(effect.added == 101);
    CHECK(effect.skipped == 0);
}

TEST_CASE("what is missing or cannot be is refused with Apollo's words, and nobody is added") {
    Team team(small_world(), {});
    const auto refused = [&](std::string_view sequence, const std::string& query) {
        const Effect effect = add_contacts(team, call(sequence, query));
        CHECK(effect.answer.status == 422);
        return error(effect);
    };
    const std::string ids = "&contact_ids[]=" + contact(1);
    const std::string campaign = "emailer_campaign_id=" + std::string(active_sequence);
    const std::string sender = "&send_email_from_email_account_id=";
    constexpr std::string_view missing =
        "Please specify a emailer_campaign_id and send_email_from_email_account_id.";
    CHECK(refused(active_sequence, campaign + ids) == missing);
    CHECK(refused(active_sequence, sender + std::string(mailbox) + ids) == missing);
    CHECK(refused(active_sequence, addition(other_sequence, {contact(1)})) ==
          missing);  // not the path's
    CHECK(refused(active_sequence, addition(active_sequence, {})) ==
          "Please specify either contact_ids or label_names.");
    CHECK(refused(active_sequence, campaign + sender + std::string(revoked_mailbox) + ids) ==
          "These mailboxes are no longer active. gone@mail.example.com");
    CHECK(refused(active_sequence,
                  addition(active_sequence, {contact(1)},
                           sender + std::string(revoked_mailbox) + sender + "nobody")) ==
          "These mailboxes are no longer active. gone@mail.example.com, nobody");
    CHECK(refused(picky_sequence, "emailer_campaign_id=" + std::string(picky_sequence) + sender +
                                      std::string(aggregate_mailbox) + ids) ==
          "Aggregate accounts are not supported for this sequence. These are the aggregate "
          "accounts: 6633baaece5fbd01c791d704");
    CHECK(refused(active_sequence, addition(active_sequence, {contact(1)}, "&status=asleep")) ==
          "Please specify a valid status: active or paused.");
    CHECK(refused(active_sequence, addition(active_sequence, {contact(1)},
                                            "&auto_unpause_at=2099-01-01T00:00:00Z")) ==
          "auto_unpause_at can only be used with status paused.");
    CHECK(team.ledger.total(Deed::added) == 0);
}

TEST_CASE("an unknown sequence is not found") {
    Team team(small_world(), {});
    const std::string unknown = "66e9e215ece19801b21999ff";
    CHECK(add_contacts(team, call(unknown, addition(unknown, {contact(1)}))).answer.status == 404);
    CHECK(add_contacts(team, call("short", addition("short", {contact(1)}))).answer.status == 404);
}

TEST_CASE("in an inactive sequence a contact waits, paused, and Apollo says why") {
    Team team(small_world(), {});
    const Effect effect =
        add_contacts(team, call(inactive_sequence, addition(inactive_sequence, {contact(1)})));
    const Json status = body_of(effect)["contacts"][0]["contact_campaign_statuses"][0];
    CHECK(status["status"] == "paused");
    CHECK(status["inactive_reason"] == "Sequence inactive");
    CHECK(*status_of(team, 1, 2) == MembershipStatus::paused);
}

TEST_CASE("status=paused pauses, until the given time") {
    Team team(small_world(), {});
    const Effect effect = add_contacts(
        team,
        call(active_sequence, addition(active_sequence, {contact(1)},
                                       "&status=paused&auto_unpause_at=2099-01-01T08:00:00%2B01:00"
                                       "&user_id=66302798d03b9601c7934ebf"
                                       "&send_email_from_email_address=alias@mail.example.com")));
    const Json status = body_of(effect)["contacts"][0]["contact_campaign_statuses"][0];
    CHECK(status["status"] == "paused");
    CHECK(status["inactive_reason"].is_null());
    CHECK(status["auto_unpause_at"] == "2099-01-01T08:00:00+01:00");
    CHECK(status["added_by_user_id"] == "66302798d03b9601c7934ebf");
    CHECK(status["send_email_from_email_address"] == "alias@mail.example.com");
}

TEST_CASE("several mailboxes take turns") {
    Team team(small_world(), {});
    const Effect effect = add_contacts(
        team, call(active_sequence,
                   addition(active_sequence, {contact(1), contact(2), contact(3)},
                            "&send_email_from_email_account_id[]=" + std::string(second_mailbox))));
    std::vector<std::string> senders;
    const Json body = body_of(effect);
    for (const Json& added : body["contacts"])
        senders.push_back(
            added["contact_campaign_statuses"][0]["send_email_from_email_account_id"]);
    CHECK(senders == std::vector<std::string>{std::string(mailbox), std::string(second_mailbox),
                                              std::string(mailbox)});
}

TEST_CASE("who was added to one sequence is active elsewhere for the next, unless that is waived") {
    Team team(small_world(), {});
    add_contacts(team, call(active_sequence, addition(active_sequence, {contact(1)})));
    const auto add_to_other = [&](std::string_view more) {
        return add_contacts(team,
                            call(other_sequence, addition(other_sequence, {contact(1)}, more)));
    };
    CHECK(body_of(add_to_other(""))["skipped_contact_ids"] ==
          Json{{contact(1), "contacts_active_in_other_campaigns"}});
    const Effect waived = add_to_other("&sequence_active_in_other_campaigns=true");
    CHECK(waived.added == 1);
    // The answer to an addition shows this sequence alone.
    CHECK(body_of(waived)["contacts"][0]["contact_campaign_statuses"].size() == 1);
}

TEST_CASE("of colleagues only the first gets into a sequence") {
    Json json = world_json();
    for (const char* id : {"66e34b81740c500000000901", "66e34b81740c500000000902"})
        json["contacts"].push_back({{"id", id}, {"email", "a@example.com"}, {"account", 5}});
    Team team(world_of(json), {});
    const Effect effect = add_contacts(
        team, call(active_sequence, addition(active_sequence, {"66e34b81740c500000000902",
                                                               "66e34b81740c500000000901"})));
    CHECK(body_of(effect)["contacts"][0]["id"] == "66e34b81740c500000000902");
    CHECK(body_of(effect)["skipped_contact_ids"] ==
          Json{{"66e34b81740c500000000901", "contacts_in_same_company"}});
}

TEST_CASE("the answer comes in each shape that clients have met, and the deed is the same") {
    const auto answered = [](const AnswerShape& shape) {
        Team team(small_world(), {});
        Call made =
            call(active_sequence,
                 addition(active_sequence, {contact(1), contact(2), contact_with("pending")}));
        made.shape = shape;
        const Effect effect = add_contacts(team, made);
        CHECK(team.ledger.total(Deed::added) == 2);
        return body_of(effect);
    };
    AnswerShape shape;
    shape.contacts = ContactsShape::ids;
    shape.skipped = SkippedShape::array;
    CHECK(answered(shape)["contacts"] == Json::array({contact(1), contact(2)}));
    CHECK(answered(shape)["skipped_contact_ids"] == Json::array({contact_with("pending")}));

    shape = {};
    shape.contacts = ContactsShape::lists_of_ids;
    CHECK(answered(shape)["contacts"] ==
          Json{{"added", {contact(1), contact(2)}}, {"skipped", {contact_with("pending")}}});
    CHECK_FALSE(answered(shape).contains("skipped_contact_ids"));

    shape.contacts = ContactsShape::lists;
    CHECK(answered(shape)["contacts"]["added"][1]["id"] == contact(2));
    CHECK(answered(shape)["contacts"]["skipped"][0] ==
          Json{{"id", contact_with("pending")}, {"reason", "contacts_in_pending_state"}});

    shape = {};
    shape.both = 5;
    CHECK(answered(shape)["contacts"].size() == 3);
    CHECK(answered(shape)["skipped_contact_ids"].size() == 1);

    shape = {};
    shape.unnamed = 1;
    CHECK(answered(shape)["contacts"].size() == 1);
    CHECK(answered(shape)["contacts"][0]["id"] == contact(2));

    shape = {};
    shape.job = true;
    CHECK(answered(shape)["contacts"].empty());
    CHECK(answered(shape)["entity_progress_job"].is_object());
}

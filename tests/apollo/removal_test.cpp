#include "seqload/apollo/removal.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sent_parameters.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

std::vector<Id> contacts(std::uint32_t count) {
    std::vector<Id> made;
    for (std::uint32_t n = 1; n <= count; ++n)
        made.push_back(contact(n));
    return made;
}

std::string quoted(const Id& id) {
    return '"' + id.text() + '"';
}

}  // namespace

TEST_CASE("modes are known by Apollo's names, and by no others") {
    for (const RemovalMode mode :
         {RemovalMode::remove, RemovalMode::stop, RemovalMode::mark_as_finished})
        CHECK(parse_removal_mode(name(mode)) == mode);
    for (const char* other : {"", "Remove", "removed", "finish", "remove "})
        CHECK_FALSE(parse_removal_mode(other));
}

TEST_CASE("a removal names one sequence, each contact once and in order, and how") {
    CHECK(rc::check([] {
        const auto asked =
            contacts(*rc::gen::inRange(1U, static_cast<unsigned>(contacts_per_removal) + 1));
        const auto mode = *rc::gen::element(RemovalMode::remove, RemovalMode::stop,
                                            RemovalMode::mark_as_finished);
        const auto request = remove_request(sequence, asked, mode, test_key(), "agent");
        auto sent = parameters_in_query(request);
        std::vector<std::string> ids;
        for (const Id& id : asked)
            ids.push_back(id.text());
        RC_ASSERT(sent["contact_ids[]"] == ids);
        RC_ASSERT(sent["emailer_campaign_ids[]"] == std::vector{sequence.text()});
        RC_ASSERT(sent["mode"] == std::vector{std::string(name(mode))});
        RC_ASSERT(sent.size() == 3U);
        RC_ASSERT(request.target.size() <= 8000U);
    }));
}

TEST_CASE("a removal of nobody, or of more than fit, is a broken promise") {
    for (const std::uint32_t count : {0U, static_cast<unsigned>(contacts_per_removal) + 1})
        CHECK_THROWS_AS(
            remove_request(sequence, contacts(count), RemovalMode::remove, test_key(), "agent"),
            std::logic_error);
}

TEST_CASE("whom the answer names was touched, be it as objects or bare ids") {
    const std::vector named{contact(1), contact(2)};
    const std::string bare = "[" + quoted(contact(1)) + "," + quoted(contact(2)) + "]";
    const std::string objects = R"([{"id":)" + quoted(contact(1)) +
                                R"(,"name":"x","list":[{"id":"no"}]},{"id":)" + quoted(contact(2)) +
                                "}]";
    for (const std::string& list : {bare, objects}) {
        CHECK(read_removal(R"({"contacts":)" + list + "}", sequence) == named);
        CHECK(read_removal(
                  R"({"emailer_campaign":{"id":"x"},"contacts":)" + list + R"(,"num_contacts":2})",
                  sequence) == named);
    }
    CHECK(read_removal(R"({"contacts":[]})", sequence) == std::vector<Id>());
}

TEST_CASE("an answer as in Apollo's description names whom it lists") {
    // num_contacts is of the whole request, memberships and steps have ids of their own.
    const std::string example =
        R"({"contacts":[{"contact_roles":[],"id":)" + quoted(contact(1)) +
        R"(,"person_id":null,"emailer_campaign_ids":[)" + quoted(sequence) +
        R"(],"contact_campaign_statuses":[{"id":"68782af181c7f0002159df25",)"
        R"("emailer_campaign_id":)" +
        quoted(sequence) +
        R"(,"inactive_reason":"manually finished","status":"finished"}],)"
        R"("phone_numbers":[{"position":0}],"typed_custom_fields":{"5b75f1c11dc2727d43ae3bb9":"x"}}],)"
        R"("emailer_campaigns":[{"id":)" +
        quoted(sequence) +
        R"(}],"num_contacts":3,"contact_statuses":{"active":"loading","failed":0},)"
        R"("emailer_steps":[{"id":"66e9e232ece19801b21999a4","counts":{"active":0}}]})";
    CHECK(read_removal(example, sequence) == std::vector{contact(1)});
}

TEST_CASE("whom an answer has passed over was not touched") {
    const std::string both = "[" + quoted(contact(1)) + "," + quoted(contact(2)) + "]";
    const std::string second = R"({)" + quoted(contact(2)) + R"(:"contact_not_found"})";
    const std::vector first{contact(1)};
    CHECK(read_removal(R"({"contacts":)" + both + R"(,"skipped_contact_ids":)" + second + "}",
                       sequence) == first);
    CHECK(read_removal(
              R"({"contacts":{"added":)" + both + R"(,"skipped":[)" + quoted(contact(2)) + "]}}",
              sequence) == first);
}

TEST_CASE("each contact that is named is read, whatever its shape, once and in order") {
    CHECK(rc::check([] {
        const auto numbers =
            *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(1U, 20U));
        std::string list;
        std::vector<Id> named;
        for (const std::uint32_t number : numbers) {
            const Id id = contact(number);
            const auto shape = *rc::gen::element<std::string>("", R"({"id":)", R"({"contact_id":)");
            list += (list.empty() ? "" : ",") + shape + quoted(id) + (shape.empty() ? "" : "}");
            if (std::ranges::find(named, id) == named.end())
                named.push_back(id);
        }
        const auto read = read_removal(R"({"contacts":[)" + list + "]}", sequence);
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == named);
    }));
}

// Whoever is taken for absent is never asked for again, so only a list that is whole
// and names others may say so.
TEST_CASE("an answer that does not tell whom it touched is not one that touched nobody") {
    const std::string one = R"({"id":)" + quoted(contact(1)) + "}";
    for (const std::string& body :
         {std::string(R"({"entity_progress_job":{"id":"66e9fca8cc087302d18b83be",)"
                      R"("job_type":"sequence_remove_stop_contacts","entity_ids":[],)"
                      R"("params":{"mode":"remove"},"progress":0,"batch_size":999}})"),
          R"({"contacts":[)" + one + R"(],"entity_progress_job":{"id":"66e9fca8"}})",
          std::string(R"({"contacts":[],"entity_progress_job":{"id":"66e9fca8"}})"),
          std::string(R"({"status":"queued"})"), std::string(R"({"emailer_campaign":{}})"),
          std::string(R"({"contacts":null})"), std::string(R"({"contacts":"none"})"),
          std::string(R"({"contacts":{}})"), R"({"contacts":[)" + one + ",null]}",
          R"({"contacts":[)" + one + R"(,{"name":"x"}]})", R"({"contacts":[)" + one + R"(,"no"]})",
          std::string("{}")}) {
        CAPTURE(body);
        CHECK_FALSE(read_removal(body, sequence));
    }
}

TEST_CASE("an answer that is cut anywhere, or is something else, names nobody") {
    const std::string whole = R"({"contacts":[{"id":)" + quoted(contact(1)) + "}]}";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(read_removal(whole.substr(0, length), sequence));
    }
    for (const char* other : {"<html></html>", "[]", "null", "\"ok\"", "{} {}"})
        CHECK_FALSE(read_removal(other, sequence));
    CHECK(
        rc::check([](const std::string& rubbish) { RC_ASSERT(!read_removal(rubbish, sequence)); }));
}

#include "seqload/apollo/removal.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sent_parameters.hpp"

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

TEST_CASE("an answer that is cut anywhere, or is something else, names nobody") {
    const std::string whole = R"({"contacts":[{"id":)" + quoted(contact(1)) + "}]}";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(read_removal(whole.substr(0, length), sequence));
    }
    for (const char* other : {"<html></html>", "[]", "null", "\"ok\"", "{} {}"})
        CHECK_FALSE(read_removal(other, sequence));
}

#include "apollo/apollo_fixture.hpp"
#include "apollo/documented_operation.hpp"
#include "seqload/apollo/contact_request.hpp"
#include "seqload/apollo/label_contacts.hpp"
#include "seqload/apollo/labels.hpp"
#include "seqload/apollo/mailboxes.hpp"
#include "seqload/apollo/removal.hpp"
#include "seqload/apollo/sequences.hpp"
#include "seqload/apollo/usage.hpp"
#include "seqload/apollo/users.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;
using nlohmann::json;

namespace {

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("removing contacts is asked for as documented") {
    const std::vector contacts{contact(1), contact(2)};
    check_documented(remove_request(sequence, contacts, RemovalMode::remove, test_key(), "agent"),
                     "update-contact-status-sequence");
}

TEST_CASE("a contact is read back as documented") {
    std::string path = documented_operation("view-a-contact")["path"];
    path.replace(path.find("{contact_id}"), std::string("{contact_id}").size(), contact(1).text());
    check_documented(contact_request(contact(1), test_key(), "agent"), "view-a-contact", path);
}

TEST_CASE("sequences are searched for as documented, all of them or by words") {
    const auto every = sequences_request(3, "", test_key(), "agent");
    check_documented(every, "search-for-sequences");
    CHECK(parameters_in_query(every) ==
          SentParameters{{"page", Texts{"3"}}, {"per_page", Texts{"100"}}});
    const auto some = sequences_request(1, "Q&A = \"Zürich\"", test_key(), "agent");
    check_documented(some, "search-for-sequences");
    CHECK(parameters_in_query(some).at("q_name") == Texts{"Q&A = \"Zürich\""});
}

TEST_CASE("mailboxes, labels and the usage of the quota are asked for as documented") {
    check_documented(mailboxes_request(test_key(), "agent"), "get-a-list-of-email-accounts");
    check_documented(labels_request(test_key(), "agent"), "get-a-list-of-all-lists");
    check_documented(usage_request(test_key(), "agent"), "post_apiusage");
}

TEST_CASE("users are asked for as documented, a hundred a page") {
    const auto request = users_request(2, test_key(), "agent");
    check_documented(request, "get-a-list-of-users");
    CHECK(parameters_in_query(request) ==
          SentParameters{{"page", Texts{"2"}}, {"per_page", Texts{"100"}}});
}

TEST_CASE("a label's contacts are searched for as documented, the oldest first") {
    const auto request = label_contacts_request(contact(7), 500, test_key(), "agent");
    check_documented(request, "search-for-contacts");
    CHECK(json::parse(request.body) == json{{"contact_label_ids", {contact(7).text()}},
                                            {"page", 500},
                                            {"per_page", 100},
                                            {"sort_by_field", "contact_created_at"},
                                            {"sort_ascending", true}});
    for (const std::uint32_t none : {0U, 501U})
        CHECK_THROWS_AS(label_contacts_request(contact(7), none, test_key(), "agent"),
                        std::logic_error);
}

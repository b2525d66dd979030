// The requests of the operations that help, held against Apollo's own description:
// the fixture has their methods, paths and parameters.

#include "apollo/apollo_fixture.hpp"
#include "apollo/sent_parameters.hpp"
#include "seqload/apollo/contact_request.hpp"
#include "seqload/apollo/removal.hpp"

#include <fstream>
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

json operation(const std::string& name) {
    std::ifstream file(APOLLO_TEST_DATA "/helping_operations.json");
    for (const json& described : json::parse(file)) {
        if (described["operation"] == name)
            return described;
    }
    throw std::runtime_error("not described: " + name);
}

// The request goes where the operation is, and says what it documents: nothing else,
// nothing required is missing, and only arrays come more than once.
void check(const net::Request& request, const std::string& name, const std::string& path) {
    CAPTURE(name);
    const json described = operation(name);
    CHECK(request.method == described["method"]);
    CHECK(request.target.substr(0, request.target.find('?')) == "/api/v1" + path);
    const auto sent = parameters_in_query(request);
    for (const json& parameter : described["parameters"]) {
        if (parameter["in"] == "query" && parameter["required"] == true)
            CHECK(sent.contains(std::string(parameter["name"])));
    }
    for (const auto& [parameter, values] : sent) {
        CAPTURE(parameter);
        bool is_documented = false;
        for (const json& known : described["parameters"]) {
            if (known["name"] != parameter || known["in"] != "query")
                continue;
            is_documented = true;
            CHECK((values.size() == 1 || known["schema"]["type"] == "array"));
        }
        CHECK(is_documented);
    }
    CHECK(request.headers.find("x-api-key") == "test-key");
    CHECK(request.headers.find("accept") == "application/json");
    CHECK(request.headers.find("cache-control") == "no-cache");
    CHECK(request.headers.find("user-agent") == "agent");
}

}  // namespace

TEST_CASE("removing contacts is asked for as documented") {
    const std::vector contacts{contact(1), contact(2)};
    const auto request =
        remove_request(sequence, contacts, RemovalMode::remove, test_key(), "agent");
    check(request, "update-contact-status-sequence",
          "/emailer_campaigns/remove_or_stop_contact_ids");
    CHECK(request.body.empty());
}

TEST_CASE("a contact is read back as documented") {
    const auto request = contact_request(contact(1), test_key(), "agent");
    std::string path = operation("view-a-contact")["path"];
    path.replace(path.find("{contact_id}"), std::string("{contact_id}").size(), contact(1).text());
    check(request, "view-a-contact", path);
    CHECK(request.body.empty());
}

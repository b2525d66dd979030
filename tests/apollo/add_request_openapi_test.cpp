// Requests held against Apollo's own description of the operation. The fixture is
// its list of parameters: names, places, which are required, and their types.

#include "apollo/apollo_fixture.hpp"
#include "apollo/sent_parameters.hpp"
#include "seqload/apollo/add_request.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;
using nlohmann::json;

namespace {

const json& operation() {
    static const json described = [] {
        std::ifstream file(APOLLO_TEST_DATA "/add_contacts_operation.json");
        return json::parse(file);
    }();
    return described;
}

// The parameter of this name in the query string; null if it is not documented.
json documented(const std::string& name) {
    for (const json& parameter : operation()["parameters"]) {
        if (parameter["name"] == name && parameter["in"] == "query")
            return parameter;
    }
    return nullptr;
}

bool has_type(const json& value, const json& schema) {
    if (schema.contains("oneOf")) {
        return std::ranges::any_of(schema["oneOf"], [&value](const json& alternative) {
            return has_type(value, alternative);
        });
    }
    if (schema.contains("enum") && std::ranges::count(schema["enum"], value) == 0)
        return false;
    const std::string type = schema["type"];
    if (type == "array") {
        return value.is_array() && std::ranges::all_of(value, [&schema](const json& item) {
                   return has_type(item, schema["items"]);
               });
    }
    return type == "boolean" ? value.is_boolean() : value.is_string();
}

// The JSON value that a query parameter stands for.
json value_in_query(const std::vector<std::string>& values, const json& schema) {
    if (schema.value("type", "") == "array")
        return values;
    REQUIRE(values.size() == 1);
    if (schema.value("type", "") == "boolean")
        return values.front() == "true" ? json(true) : json();
    return values.front();
}

std::string path_of(const Target& target) {
    std::string path = operation()["path"];
    const std::string placeholder = "{sequence_id}";
    path.replace(path.find(placeholder), placeholder.size(), target.sequence.text());
    const std::string server = operation()["server"];
    return server.substr(server.find("/api/")) + path;
}

void check_required(const json& sent, bool brackets) {
    for (const json& parameter : operation()["parameters"]) {
        if (parameter["in"] == "query" && parameter["required"] == true)
            CHECK(sent.contains(std::string(parameter["name"])));
    }
    const std::string suffix = brackets ? "[]" : "";
    CHECK(sent.contains("contact_ids" + suffix) != sent.contains("label_names" + suffix));
}

void check_query(const Target& target, const Batch& batch) {
    const auto request = add_request(target, batch, ParametersForm::query, test_key(), "agent");
    CHECK(request.target.starts_with(path_of(target) + '?'));
    json sent;
    for (const auto& [name, values] : parameters_in_query(request)) {
        CAPTURE(name);
        const json parameter = documented(name);
        REQUIRE_FALSE(parameter.is_null());
        sent[name] = value_in_query(values, parameter["schema"]);
        CHECK(has_type(sent[name], parameter["schema"]));
    }
    check_required(sent, true);
}

void check_body(const Target& target, const Batch& batch) {
    const auto request = add_request(target, batch, ParametersForm::body, test_key(), "agent");
    CHECK(request.target == path_of(target));
    const json sent = json::parse(request.body);
    for (const auto& [name, value] : sent.items()) {
        CAPTURE(name);
        json parameter = documented(name);
        if (parameter.is_null())
            parameter = documented(name + "[]");
        REQUIRE_FALSE(parameter.is_null());
        CHECK(has_type(value, parameter["schema"]));
    }
    check_required(sent, false);
}

Target any_target() {
    Target target = *rc::gen::element(plain_target(), full_target());
    target.flags = Flags(*rc::gen::inRange(0UL, 1UL << flag_count));
    target.status =
        *rc::gen::element(InitialStatus::unspecified, InitialStatus::active, InitialStatus::paused);
    return target;
}

}  // namespace

TEST_CASE("the flags are the nine that Apollo documents") {
    std::vector<std::string> described;
    for (const json& parameter : operation()["parameters"]) {
        if (parameter["schema"].value("type", "") == "boolean")
            described.push_back(parameter["name"]);
    }
    std::vector<std::string> ours(flag_names.begin(), flag_names.end());
    std::ranges::sort(described);
    std::ranges::sort(ours);
    CHECK(ours == described);
}

TEST_CASE("every parameter that is sent is documented, of its type, and none required is missing") {
    for (const Target& target : {plain_target(), full_target()}) {
        for (const Batch& batch : {contact_batch(3), label_batch({"Leads & more", "Ümläut"})}) {
            check_query(target, batch);
            check_body(target, batch);
        }
    }
    check_body(rotating_target(), contact_batch(3));
    CHECK(rc::check([] {
        const Target target = any_target();
        check_query(target, contact_batch(1));
        check_body(target, contact_batch(1));
    }));
}

TEST_CASE("every documented parameter can be sent") {
    const auto contacts = parameters_in_query(
        add_request(full_target(), contact_batch(1), ParametersForm::query, test_key(), "agent"));
    for (const json& parameter : operation()["parameters"]) {
        const std::string name = parameter["name"];
        CAPTURE(name);
        if (parameter["in"] == "query" && name != "label_names[]")
            CHECK(contacts.contains(name));
    }
}

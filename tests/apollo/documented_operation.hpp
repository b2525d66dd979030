#pragma once

// Requests of the operations that help, held against Apollo's own description:
// data/helping_operations.json has their methods, paths and parameters.

#include "apollo/sent_parameters.hpp"
#include "seqload/net/message.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace seqload::apollo::test {

inline nlohmann::json documented_operation(const std::string& name) {
    std::ifstream file(APOLLO_TEST_DATA "/helping_operations.json");
    const nlohmann::json operations = nlohmann::json::parse(file);
    for (const nlohmann::json& described : operations) {
        if (described["operation"] == name)
            return described;
    }
    throw std::runtime_error("not described: " + name);
}

inline void check_query(const net::Request& request, const nlohmann::json& described) {
    const auto sent = parameters_in_query(request);
    for (const nlohmann::json& parameter : described["parameters"]) {
        if (parameter["in"] == "query" && parameter["required"] == true)
            CHECK(sent.contains(std::string(parameter["name"])));
    }
    for (const auto& [parameter, values] : sent) {
        CAPTURE(parameter);
        bool is_documented = false;
        for (const nlohmann::json& known : described["parameters"]) {
            if (known["name"] != parameter || known["in"] != "query")
                continue;
            is_documented = true;
            CHECK((values.size() == 1 || known["schema"]["type"] == "array"));
        }
        CHECK(is_documented);
    }
}

inline bool has_documented_type(const nlohmann::json& value, const std::string& type) {
    if (type == "array")
        return value.is_array();
    if (type == "boolean")
        return value.is_boolean();
    return type == "integer" ? value.is_number_integer() : value.is_string();
}

inline void check_body(const net::Request& request, const nlohmann::json& described) {
    if (!described.contains("body")) {
        CHECK(request.body.empty());
        return;
    }
    CHECK(request.headers.find("content-type") == "application/json");
    const nlohmann::json sent = nlohmann::json::parse(request.body);
    for (const auto& [name, value] : sent.items()) {
        CAPTURE(name);
        REQUIRE(described["body"].contains(name));
        CHECK(has_documented_type(value, described["body"][name]["type"]));
    }
}

// The request goes where the operation is, and says what it documents: nothing else,
// nothing required is missing, and only arrays come more than once.
inline void check_documented(const net::Request& request, const std::string& name,
                             const std::string& path) {
    CAPTURE(name);
    const nlohmann::json described = documented_operation(name);
    CHECK(request.method == described["method"].get<std::string>());
    CHECK(request.target.substr(0, request.target.find('?')) == "/api/v1" + path);
    check_query(request, described);
    check_body(request, described);
    CHECK(request.headers.find("x-api-key") == "test-key");
    CHECK(request.headers.find("accept") == "application/json");
    CHECK(request.headers.find("cache-control") == "no-cache");
    CHECK(request.headers.find("user-agent") == "agent");
}

// The same where the path has no id in it.
inline void check_documented(const net::Request& request, const std::string& name) {
    check_documented(request, name, documented_operation(name)["path"]);
}

}  // namespace seqload::apollo::test

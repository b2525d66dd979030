#include "seqload/sandbox/parameters.hpp"

#include <doctest/doctest.h>

using namespace seqload::sandbox;
using Texts = std::vector<std::string>;

TEST_CASE("the query's arrays are repeated names with brackets, raw or percent-encoded") {
    const auto parameters =
        Parameters::read("contact_ids[]=a&contact_ids%5B%5D=b&status=paused&empty=", {}, false);
    REQUIRE(parameters);
    CHECK(parameters->all("contact_ids") == Texts{"a", "b"});
    CHECK(parameters->one("status") == "paused");
    CHECK_FALSE(parameters->one("empty"));
    CHECK(parameters->names() == Texts{"contact_ids", "status"});
}

TEST_CASE("a JSON body has the same names without brackets, and both forms may come together") {
    const auto parameters = Parameters::read(
        "contact_ids[]=a",
        R"({"contact_ids": ["b", "c"], "sequence_no_email": true, "user_id": null, "page": 7})",
        false);
    REQUIRE(parameters);
    CHECK(parameters->all("contact_ids") == Texts{"a", "b", "c"});
    CHECK(parameters->flag("sequence_no_email"));
    CHECK_FALSE(parameters->one("user_id"));
    CHECK(parameters->number("page", 1, 500) == 7);
}

TEST_CASE("a body that is no JSON object is an error; an empty one is none") {
    CHECK_FALSE(Parameters::read({}, "{", false));
    CHECK_FALSE(Parameters::read({}, "[1]", false));
    CHECK(Parameters::read({}, " \n", false));
}

TEST_CASE("a form body is read as a query") {
    const auto parameters = Parameters::read({}, "label_names[]=a+b%2Bc", true);
    REQUIRE(parameters);
    CHECK(parameters->all("label_names") == Texts{"a b+c"});
}

TEST_CASE("percent-decoding takes what is an escape and leaves the rest") {
    CHECK(percent_decoded("%C3%bc%2", true) == "ü%2");
    CHECK(percent_decoded("%zz%41", true) == "%zzA");
    CHECK(percent_decoded("a+b", true) == "a b");
    CHECK(percent_decoded("a+b", false) == "a+b");
    CHECK(percent_decoded("%4", true) == "%4");
}

TEST_CASE("numbers stay within their bounds") {
    const auto parameters = Parameters::read("page=0&per_page=1000&odd=x", {}, false);
    CHECK(parameters->number("page", 5, 500) == 1);
    CHECK(parameters->number("per_page", 25, 100) == 100);
    CHECK(parameters->number("odd", 25, 100) == 25);
    CHECK(parameters->number("missing", 25, 100) == 25);
}

TEST_CASE("a flag is true for true and 1, and for nothing else") {
    const auto parameters = Parameters::read("a=true&b=1&c=false&d=yes", {}, false);
    CHECK(parameters->flag("a"));
    CHECK(parameters->flag("b"));
    CHECK_FALSE(parameters->flag("c"));
    CHECK_FALSE(parameters->flag("d"));
    CHECK_FALSE(parameters->flag("e"));
}

// What is told of a document is held against what nlohmann's parser, another one, tells of it.

#include "seqload/apollo/read_json.hpp"

#include "apollo/sample_answers.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

constexpr std::size_t deep_enough = 64;

// What was told, a word for each event.
using Told = std::vector<std::string>;

class Scribe final : public JsonListener {
public:
    bool null() override { return note("null"); }
    bool boolean(bool value) override { return note(value ? "true" : "false"); }
    bool scalar(std::string_view text) override { return note("text " + std::string(text)); }
    bool start_object() override { return note("{"); }
    void key(std::string_view name) override { note("key " + std::string(name)); }
    void end_object() override { note("}"); }
    bool start_array() override { return note("["); }
    void end_array() override { note("]"); }

    Told told;
    std::optional<std::size_t> refuses;  // the event of that number, from 0

private:
    bool note(std::string what) {
        told.push_back(std::move(what));
        return told.size() - 1 != refuses;
    }
};

class OtherScribe final : public nlohmann::json_sax<nlohmann::json> {
public:
    bool null() override { return scribe_.null(); }
    bool boolean(bool value) override { return scribe_.boolean(value); }
    bool number_integer(number_integer_t value) override {
        return scribe_.scalar(std::to_string(value));
    }
    bool number_unsigned(number_unsigned_t value) override {
        return scribe_.scalar(std::to_string(value));
    }
    bool number_float(number_float_t /*value*/, const string_t& digits) override {
        return scribe_.scalar(digits);
    }
    bool string(string_t& value) override { return scribe_.scalar(value); }
    bool binary(binary_t& /*value*/) override { return false; }
    bool start_object(std::size_t /*elements*/) override { return scribe_.start_object(); }
    bool key(string_t& value) override {
        scribe_.key(value);
        return true;
    }
    bool end_object() override {
        scribe_.end_object();
        return true;
    }
    bool start_array(std::size_t /*elements*/) override { return scribe_.start_array(); }
    bool end_array() override {
        scribe_.end_array();
        return true;
    }
    bool parse_error(std::size_t /*position*/, const std::string& /*last_token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        return false;
    }

    const Told& told() const { return scribe_.told; }

private:
    Scribe scribe_;
};

std::optional<Told> told_of(std::string_view document) {
    Scribe scribe;
    if (read_json(document, scribe, deep_enough).end != JsonEnd::whole)
        return std::nullopt;
    return scribe.told;
}

std::optional<Told> told_by_the_other(std::string_view document) {
    OtherScribe scribe;
    if (!nlohmann::json::sax_parse(document, &scribe))
        return std::nullopt;
    return scribe.told();
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

std::string any_document(std::size_t depth) {
    using Choice = std::pair<std::size_t, rc::Gen<std::string>>;
    const auto text = rc::gen::map(
        rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
            {{20, rc::gen::inRange<char>(' ', '~')}, {1, rc::gen::arbitrary<char>()}})),
        [](const std::string& raw) {
            return nlohmann::json(raw).dump(-1, ' ', raw.size() % 2 == 0,
                                            nlohmann::json::error_handler_t::replace);
        });
    const auto scalar = rc::gen::weightedOneOf<std::string>(
        {Choice{4, text},
         Choice{2, rc::gen::map(rc::gen::arbitrary<std::int64_t>(),
                                [](std::int64_t number) { return std::to_string(number); })},
         Choice{1, rc::gen::map(rc::gen::arbitrary<double>(),
                                [](double number) { return nlohmann::json(number).dump(); })},
         Choice{1, rc::gen::element<std::string>("null", "true", "false", "0", "1.50")}});
    if (depth == 0)
        return *scalar;
    const bool is_object = *rc::gen::arbitrary<bool>();
    const std::string space = *rc::gen::element<std::string>("", " ", "\n\t", "\r\n ");
    std::string document = (is_object ? "{" : "[") + space;
    const auto members = *rc::gen::inRange(0, 4);
    for (int member = 0; member < members; ++member) {
        document += member > 0 ? "," + space : "";
        if (is_object)
            document += *text + space + ":";
        document += any_document(*rc::gen::inRange<std::size_t>(0, depth)) + space;
    }
    return document + (is_object ? "}" : "]");
}

}  // namespace

TEST_CASE("of Apollo's answers all is told, in order") {
    for (const SampleAnswer& sample : sample_answers) {
        CAPTURE(sample.name);
        const auto told = told_of(sample.body);
        REQUIRE(told);
        CHECK(told == told_by_the_other(sample.body));
    }
}

TEST_CASE("escapes, and characters of any length, are told as what they stand for") {
    for (const std::string_view document :
         {R"(["Founder \u0026 CEO"])", R"({"\u006eame": "\"\\\/\b\f\n\r\t"})",
          R"(["\ud83d\ude00 \u20ac \u00e9 \u0000"])",
          "[\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"]",
          R"(["a long text with a quote \" in it and another one \" behind it"])"}) {
        CAPTURE(document);
        const auto told = told_of(document);
        REQUIRE(told);
        CHECK(told == told_by_the_other(document));
    }
}

TEST_CASE("numbers are told by their digits") {
    CHECK(told_of("[0, -0, 1.50, 1e5, 66134788174085007400000123]") ==
          Told{"[", "text 0", "text -0", "text 1.50", "text 1e5", "text 66134788174085007400000123",
               "]"});
}

TEST_CASE("a byte order mark is passed over") {
    CHECK(told_of("\xef\xbb\xbf[]") == Told{"[", "]"});
    Scribe scribe;
    CHECK(read_json("\xef\xbb\xbf]", scribe, deep_enough).byte == 4);
}

TEST_CASE("what is no JSON is broken") {
    for (const std::string_view document : {"",
                                            " ",
                                            "{",
                                            "[",
                                            "[1,]",
                                            "[,1]",
                                            "{\"a\"}",
                                            "{\"a\":}",
                                            "{\"a\":1,}",
                                            "{a:1}",
                                            "[1 2]",
                                            "[01]",
                                            "[1.]",
                                            "[.5]",
                                            "[-]",
                                            "[+1]",
                                            "[tru]",
                                            "[True]",
                                            "nul",
                                            "[] []",
                                            "[]]",
                                            "\"",
                                            "\"\\\"",
                                            "\"\\",
                                            "[\"\\x\"]",
                                            "[\"\\u12g4\"]",
                                            "[\"\\u12\"]",
                                            "[\"\\ud800\"]",
                                            "[\"\\ud800\\u0041\"]",
                                            "[\"\\udc00\"]",
                                            "[\"a\nb\"]",
                                            "[\"\x01\"]",
                                            "[\"\\\x01\"]",
                                            "[\"\x80\"]",
                                            "[\"\xc3\"]",
                                            "[\"\xc0\x80\"]",
                                            "[\"\xe0\x80\x80\"]",
                                            "[\"\xed\xa0\x80\"]",
                                            "[\"\xf4\x90\x80\x80\"]",
                                            "[\"\xf0\x80\x80\x80\"]",
                                            "[\"\xe2\x82\"]",
                                            "[\"\xf5\"]"}) {
        CAPTURE(document);
        CHECK_FALSE(told_of(document));
        CHECK_FALSE(told_by_the_other(document));
    }
}

TEST_CASE("where a document is broken is told") {
    const auto broken_at = [](std::string_view document) {
        Scribe scribe;
        const JsonReading reading = read_json(document, scribe, deep_enough);
        CHECK(reading.end == JsonEnd::broken);
        return reading.byte;
    };
    CHECK(broken_at("") == 1);
    CHECK(broken_at("<html>") == 1);
    CHECK(broken_at(R"({"a": x})") == 7);
    CHECK(broken_at("[1, 2") == 6);
    CHECK(broken_at("[] []") == 4);
}

TEST_CASE("nesting has an end, whatever the listener says") {
    CHECK(told_of(nested(deep_enough)));
    CHECK_FALSE(told_of(nested(deep_enough + 1)));
    CHECK_FALSE(told_of(nested(1'000'000)));
}

TEST_CASE("a listener that has heard enough ends the reading") {
    const std::string document = R"({"a": [1, "b", true, null, {}]})";
    const std::size_t events = told_of(document)->size();
    std::size_t refusals = 0;
    for (std::size_t event = 0; event < events; ++event) {
        Scribe scribe;
        scribe.refuses = event;
        if (read_json(document, scribe, deep_enough).end == JsonEnd::refused) {
            ++refusals;
            CHECK(scribe.told.size() == event + 1);
        }
    }
    CHECK(refusals == 7);  // where something begins: keys and ends are only told
}

TEST_CASE("any document is told alike by two parsers") {
    CHECK(rc::check([] {
        const std::string document = any_document(5);
        RC_ASSERT(told_of(document) == told_by_the_other(document));
    }));
}

TEST_CASE(
    "with one byte that is another, two parsers agree whether it is a document, and of what") {
    constexpr std::string_view document =
        R"({"contacts": [{"id": "66e34b81740c50074e000001", "n": [1, 2.5, null], "t": "\u0026é"}]})";
    for (std::size_t place = 0; place < document.size(); ++place) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed(document);
            changed[place] = static_cast<char>(byte);
            CAPTURE(changed);
            CHECK(told_of(changed) == told_by_the_other(changed));
        }
    }
}

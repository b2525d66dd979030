// What the skimmer takes, nlohmann's parser takes, and tells the same of it.

#include "seqload/apollo/json_skimmer.hpp"

#include "apollo/sample_answers.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

using Told = std::vector<std::string>;

// Writes down what it is told, by whichever of the two.
class Scribe final : public nlohmann::json_sax<nlohmann::json> {
public:
    bool null() override { return note("null"); }
    bool boolean(bool value) override { return note(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return text(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return text(std::to_string(value)); }
    bool number_float(number_float_t /*value*/, const string_t& digits) override {
        return text(digits);
    }
    bool string(string_t& value) override { return text(value); }
    bool binary(binary_t& /*value*/) override { return false; }
    bool start_object(std::size_t /*elements*/) override { return note("{"); }
    bool end_object() override { return note("}"); }
    bool start_array(std::size_t /*elements*/) override { return note("["); }
    bool end_array() override { return note("]"); }
    bool key(string_t& value) override {
        name(value);
        return true;
    }
    bool parse_error(std::size_t /*position*/, const std::string& /*last_token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        return false;
    }

    bool text(std::string_view value) { return note("text " + std::string(value)); }
    void name(std::string_view value) { note("name " + std::string(value)); }

    const Told& told() const { return told_; }

private:
    bool note(std::string what) {
        told_.push_back(std::move(what));
        return true;
    }

    Told told_;
};

std::optional<Told> skimmed(std::string_view document) {
    Scribe scribe;
    if (!JsonSkimmer<Scribe>(document, scribe).read())
        return std::nullopt;
    return scribe.told();
}

std::optional<Told> parsed(std::string_view document) {
    Scribe scribe;
    if (!nlohmann::json::sax_parse(document, &scribe))
        return std::nullopt;
    return scribe.told();
}

void check_agreement(const std::string& document) {
    const auto told = skimmed(document);
    CAPTURE(document);
    if (told)
        CHECK(told == parsed(document));
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
         Choice{1, rc::gen::element<std::string>("null", "true", "false", "0", "-0", "1.50")}});
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

TEST_CASE("Apollo's answers are skimmed, and say what nlohmann's parser reads in them") {
    for (const SampleAnswer& sample : sample_answers) {
        CAPTURE(sample.name);
        const auto told = skimmed(sample.body);
        REQUIRE(told);
        CHECK(told == parsed(sample.body));
    }
}

TEST_CASE("escapes, and characters of any length, are skimmed") {
    for (const std::string_view document :
         {R"(["Founder \u0026 CEO"])", R"({"\u006eame": "\"\\\/\b\f\n\r\t"})",
          R"(["\ud83d\ude00 \u20ac \u00e9 \u0000"])",
          "[\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"]",
          R"(["a long text with a quote \" in it and another one \" behind it"])"}) {
        CAPTURE(document);
        const auto told = skimmed(document);
        REQUIRE(told);
        CHECK(told == parsed(document));
    }
}

TEST_CASE("what is no JSON is not skimmed") {
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
        CHECK_FALSE(skimmed(document));
        CHECK_FALSE(parsed(document));
    }
}

TEST_CASE("what is left to nlohmann's parser") {
    for (const std::string_view document : {"[1e5]", "[1.5E-3]", "[-0]", "\xef\xbb\xbf[]"}) {
        CAPTURE(document);
        CHECK_FALSE(skimmed(document));
        CHECK(parsed(document));
    }
}

TEST_CASE("nesting has an end, whatever the events say") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(skimmed(nested(answer_depth_limit)));
    CHECK_FALSE(skimmed(nested(answer_depth_limit + 3)));
    CHECK_FALSE(skimmed(nested(1'000'000)));
}

TEST_CASE("any document is told alike, or left to nlohmann's parser") {
    rc::check([] {
        const std::string document = any_document(5);
        const auto told = skimmed(document);
        if (told)
            RC_ASSERT(told == parsed(document));
    });
}

TEST_CASE("one byte that is another never makes the two disagree") {
    constexpr std::string_view document =
        R"({"contacts": [{"id": "66e34b81740c50074e000001", "n": [1, -2.5, null], "t": "\u0026é"}]})";
    for (std::size_t place = 0; place < document.size(); ++place) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string broken(document);
            broken[place] = static_cast<char>(byte);
            check_agreement(broken);
        }
    }
}

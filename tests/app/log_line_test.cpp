#include "seqload/app/log_line.hpp"

#include "seqload/base/timestamp.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::app;
using namespace std::chrono_literals;

namespace {

constexpr WallTime moment{1764115200123ms};

// Any text that UTF-8 can say: control characters, turned writing and all.
std::string any_text() {
    std::string text;
    for (const auto point : *rc::gen::container<std::u32string>(rc::gen::oneOf(
             rc::gen::inRange<char32_t>(0, 0x80), rc::gen::inRange<char32_t>(0x80, 0xd800),
             rc::gen::inRange<char32_t>(0xe000, 0x110000)))) {
        const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
        const auto rest = [&](int shift) { byte(0x80 | ((point >> shift) & 0x3f)); };
        if (point < 0x80) {
            byte(point);
        } else if (point < 0x800) {
            byte(0xc0 | (point >> 6));
            rest(0);
        } else if (point < 0x10000) {
            byte(0xe0 | (point >> 12));
            rest(6);
            rest(0);
        } else {
            byte(0xf0 | (point >> 18));
            rest(12);
            rest(6);
            rest(0);
        }
    }
    return text;
}

// The line that an object was made of.
LogLine read_back(const nlohmann::json& json) {
    return {.level = parse_log_level(json.at("level").get<std::string>()).value(),
            .message = json.at("message"),
            .run_id = json.value("run_id", ""),
            .batch = json.value("batch", std::int64_t{0}),
            .sequence_id = json.value("sequence_id", ""),
            .request_id = json.value("request_id", "")};
}

bool is_one_ascii_line(const std::string& text) {
    return text.find('\n') == text.size() - 1 &&
           std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); });
}

}  // namespace

TEST_CASE("a line of JSON says when, how grave and what, and nothing that is not known") {
    CHECK(json_line({.message = "3 of 4 rows"}, moment) ==
          R"({"ts":"2025-11-26T00:00:00.123Z","level":"info","message":"3 of 4 rows"})"
          "\n");
}

TEST_CASE("what a line is about stands in fields of its own") {
    const LogLine line{.level = LogLevel::warning,
                       .message = "HTTP 503",
                       .run_id = "20261124-080000-abcd",
                       .batch = 7,
                       .sequence_id = "66e9e215ece19801b2199901",
                       .request_id = "1f2e"};
    CHECK(json_line(line, moment) ==
          R"({"ts":"2025-11-26T00:00:00.123Z","level":"warning","message":"HTTP 503",)"
          R"("run_id":"20261124-080000-abcd","batch":7,)"
          R"("sequence_id":"66e9e215ece19801b2199901","request_id":"1f2e"})"
          "\n");
}

TEST_CASE("whatever is put in comes out again, in one line that drives no terminal") {
    CHECK(rc::check([] {
        const LogLine line{
            .level = *rc::gen::element(LogLevel::debug, LogLevel::info, LogLevel::warning,
                                       LogLevel::error),
            .message = any_text(),
            .run_id = any_text(),
            .batch = *rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max()),
            .sequence_id = any_text(),
            .request_id = any_text()};
        const std::string text = json_line(line, moment);
        RC_ASSERT(is_one_ascii_line(text));
        const auto json = nlohmann::json::parse(text);
        RC_ASSERT(read_back(json) == line);
        RC_ASSERT(parse_timestamp(json.at("ts").get<std::string>()) == moment);
    }));
}

TEST_CASE("bytes that are no text are replaced, and the line can still be read") {
    CHECK(rc::check([](const std::string& bytes) {
        const std::string text = json_line({.message = bytes, .request_id = bytes}, moment);
        RC_ASSERT(is_one_ascii_line(text));
        RC_ASSERT(nlohmann::json::parse(text).at("message").is_string());
    }));
    CHECK(json_line({.message = "a\xff z"}, moment).find(R"("a\ufffd z")") != std::string::npos);
}

TEST_CASE("writing that is turned around is escaped") {
    const std::string text = json_line({.message = "ab\u202ecd \u009b31m \x1b[2J"}, moment);
    CHECK(text.find(R"("ab\u202ecd \u009b31m \u001b[2J")") != std::string::npos);
}

TEST_CASE("levels are known by their names, and the graver is the greater") {
    for (const LogLevel level :
         {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error})
        CHECK(parse_log_level(name(level)) == level);
    CHECK(parse_log_level("warn") == std::nullopt);
    CHECK(LogLevel::debug < LogLevel::info);
    CHECK(LogLevel::info < LogLevel::warning);
    CHECK(LogLevel::warning < LogLevel::error);
}

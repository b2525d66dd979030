#include "seqload/app/log_manners.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload::app;

namespace {

using Words = std::vector<std::string>;

constexpr LogManners silent_json{.format = LogFormat::json, .least = LogLevel::error};

}  // namespace

TEST_CASE("without a word it is text, and all but what looks for faults") {
    CHECK(log_manners_seen({}, {}) == LogManners{LogFormat::text, LogLevel::info});
}

TEST_CASE("the manners are seen in a command line that nobody understands") {
    CHECK(log_manners_seen(Words{"lod", "--log-format", "json", "--log-level=error", "--what"},
                           {}) == silent_json);
    CHECK(log_manners_seen(Words{"--log-format=json", "--log-level", "error"}, {}) == silent_json);
}

TEST_CASE("the command line is stronger than the variables, but for words that make no sense") {
    const Variables variables{{"SEQLOAD_LOG_FORMAT", "json"}, {"SEQLOAD_LOG_LEVEL", "error"}};
    CHECK(log_manners_seen({}, variables) == silent_json);
    CHECK(log_manners_seen(Words{"--log-format", "xml"}, variables) == silent_json);
    CHECK(log_manners_seen(Words{"--log-format", "text"}, variables).format == LogFormat::text);
    CHECK(log_manners_seen({}, {{"SEQLOAD_LOG_FORMAT", "JSON"}}).format == LogFormat::text);
}

TEST_CASE("names of files are not looked at, nor an option that lacks its value") {
    CHECK(log_manners_seen(Words{"load", "--", "--log-format", "json"}, {}).format ==
          LogFormat::text);
    CHECK(log_manners_seen(Words{"load", "--log-format"}, {}).format == LogFormat::text);
}

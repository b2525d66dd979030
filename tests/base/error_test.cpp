#include "seqload/base/error.hpp"

#include <array>
#include <cerrno>
#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace seqload;

TEST_CASE("an error says where, what, and what to do next, leaving out what is empty") {
    CHECK(
        to_string({ErrorKind::usage, "unknown status 'on'", "--status", "use active or paused"}) ==
        "--status: unknown status 'on' (use active or paused)");
    CHECK(to_string({ErrorKind::usage, "no such run", "", "see seqload runs"}) ==
          "no such run (see seqload runs)");
    CHECK(to_string({ErrorKind::usage, "no header", "a.csv", ""}) == "a.csv: no header");
    CHECK(to_string({ErrorKind::usage, "no header", "", ""}) == "no header");
}

TEST_CASE("each kind has a name of its own") {
    std::set<std::string_view> names;
    for (const auto kind :
         {ErrorKind::usage, ErrorKind::unusable_input, ErrorKind::changed_input,
          ErrorKind::refused_key, ErrorKind::stopped, ErrorKind::local_fault, ErrorKind::network}) {
        CHECK_FALSE(name(kind).empty());
        names.insert(name(kind));
    }
    CHECK(names.size() == 7);
    CHECK(name(ErrorKind::unusable_input) == "unusable input");
}

TEST_CASE("fail makes a result of any type that holds the error") {
    const Result<int> failed =
        fail(ErrorKind::local_fault, "the disk is full", "/var", "make room");
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error() == Error{ErrorKind::local_fault, "the disk is full", "/var", "make room"});
    const Result<> nothing = fail(ErrorKind::stopped, "stopped");
    CHECK(nothing.error() == Error{ErrorKind::stopped, "stopped", "", ""});
}

TEST_CASE("a number of the system is said in the system's words") {
    CHECK(system_message(ENOENT) == "No such file or directory");
    CHECK_FALSE(system_message(-1).empty());
}

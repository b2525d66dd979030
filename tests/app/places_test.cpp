#include "seqload/app/places.hpp"

#include "support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::app {

namespace {

namespace fs = std::filesystem;

struct Directory : test::TemporaryDirectory {
    fs::path at(const char* name) const { return path() / name; }
};

}  // namespace

TEST_CASE_FIXTURE(Directory,
                  "the folder for the reports is made, and trying it leaves nothing in it") {
    const fs::path reports = at("a/b/c");
    REQUIRE(prepare_places(reports, at("state.db"), {}));
    CHECK(fs::is_directory(reports));
    CHECK(fs::is_empty(reports));
    REQUIRE(prepare_places(reports, at("state.db"), {}));  // once more does no harm
}

TEST_CASE_FIXTURE(Directory,
                  "a place that cannot be written is told by its name, with what to do") {
    std::ofstream(at("file")) << "in the way";
    const auto prepared = prepare_places(at("file/out"), at("state.db"), {});
    REQUIRE_FALSE(prepared);
    CHECK(prepared.error().kind == ErrorKind::local_fault);
    CHECK(prepared.error().where == at("file/out").string());
    CHECK(prepared.error().next.find("--out") != std::string::npos);
}

TEST_CASE_FIXTURE(Directory, "a disk with too little room is told before anything is sent") {
    // Sparse: it takes no room, and reports of it would take more than there is.
    std::ofstream(at("huge.csv")) << "";
    fs::resize_file(at("huge.csv"), std::uintmax_t{1} << 43U);
    const state::InputFile input{.name = "huge.csv", .path = at("huge.csv").string()};
    const auto prepared = prepare_places(at("out"), at("state.db"), std::vector{input});
    REQUIRE_FALSE(prepared);
    CHECK(prepared.error().kind == ErrorKind::local_fault);
    CHECK(prepared.error().what.starts_with("there is too little room on this disk"));
    CHECK(prepared.error().where == at("out").string());
}

TEST_CASE("the room that is asked for grows with the input, and is never nothing") {
    CHECK(rc::check([](std::uint32_t bytes, std::uint16_t more) {
        const RoomNeeded small = room_needed(bytes);
        const RoomNeeded large = room_needed(std::uint64_t{bytes} + more);
        RC_ASSERT(small.reports > bytes);
        RC_ASSERT(small.state > 0);
        RC_ASSERT(large.reports >= small.reports);
        RC_ASSERT(large.state >= small.state);
    }));
}

}  // namespace seqload::app

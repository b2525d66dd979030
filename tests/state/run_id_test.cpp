#include "seqload/state/run_id.hpp"

#include "seqload/base/timestamp.hpp"

#include <cstdint>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::state {

TEST_CASE("a run's id is its time in UTC and four letters") {
    const WallTime time = *parse_timestamp("2026-11-23T22:36:22.987+01:00");
    CHECK(make_run_id(time, 0) == "20261123-213622-0000");
    CHECK(make_run_id(time, 31) == "20261123-213622-z000");
    CHECK(make_run_id(time, (1U << 20U) - 1) == "20261123-213622-zzzz");
    CHECK(make_run_id(time, 1U << 20U) == "20261123-213622-0000");
}

TEST_CASE("ids of later runs sort behind those of earlier ones") {
    CHECK(rc::check([](std::uint32_t first, std::uint32_t second, std::uint64_t drawn) {
        const auto early = WallTime(std::chrono::seconds(std::min(first, second)));
        const auto late = WallTime(std::chrono::seconds(std::max(first, second)));
        RC_PRE(early != late);
        RC_ASSERT(make_run_id(early, drawn) < make_run_id(late, ~drawn));
    }));
}

TEST_CASE("what was made looks like a run's id, and little else does") {
    CHECK(rc::check([](std::uint32_t second, std::uint64_t drawn) {
        RC_ASSERT(looks_like_run_id(make_run_id(WallTime(std::chrono::seconds(second)), drawn)));
    }));
    for (const char* text :
         {"", "20261123-213622-k7q", "20261123-213622-k7q22", "20261123_213622-k7q2",
          "2026112x-213622-k7q2", "20261123-213622-K7Q2", "20261123-213622-k7qi", "latest"}) {
        CAPTURE(text);
        CHECK_FALSE(looks_like_run_id(text));
    }
}

}  // namespace seqload::state

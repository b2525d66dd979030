#include "seqload/app/block_frames.hpp"

#include <string>

#include <doctest/doctest.h>

using seqload::app::BlockFrames;

namespace {

const std::string frame_begin = "\x1b[?2026h";
const std::string frame_end = "\x1b[?2026l";
// With what a frame would have ended that the terminal has lost.
const std::string erased = "\r\x1b[J\x1b[?7h" + frame_end;

}  // namespace

TEST_CASE("a frame is drawn from where the cursor stands, and leaves it there") {
    BlockFrames frames;
    CHECK(frames.draw({"one", "two", "three"}) ==
          frame_begin + "\x1b[?7l\rone\x1b[K\ntwo\x1b[K\nthree\x1b[K\x1b[J\r\x1b[?7h\x1b[2A" +
              frame_end);
    CHECK(frames.draw({"one"}) == frame_begin + "\x1b[?7l\rone\x1b[K\x1b[J\r\x1b[?7h" + frame_end);
}

TEST_CASE("what stands there already is not drawn again, unless the terminal has changed") {
    BlockFrames frames;
    const std::string first = frames.draw({"one", "two"});
    CHECK(frames.draw({"one", "two"}).empty());
    CHECK(frames.draw({"one", "two"}, true) == first);
}

TEST_CASE("a text takes the block's place, and the block comes below it") {
    BlockFrames frames;
    CHECK(frames.above("plain\n") == "plain\n");
    frames.draw({"one", "two"});
    CHECK(frames.above("said\n") ==
          frame_begin + "\r\x1b[Jsaid\n\x1b[?7l\rone\x1b[K\ntwo\x1b[K\x1b[J\r\x1b[?7h\x1b[1A" +
              frame_end);
    CHECK(frames.above("").empty());
    CHECK(frames.draw({"one", "two"}).empty());
}

TEST_CASE("a text that does not end its line is left alone until the next frame") {
    BlockFrames frames;
    frames.draw({"one"});
    CHECK(frames.above("begun") == frame_begin + "\r\x1b[Jbegun" + frame_end);
    CHECK(frames.above(", ended") == ", ended");
    CHECK(frames.draw({"one"}) ==
          frame_begin + "\n\x1b[?7l\rone\x1b[K\x1b[J\r\x1b[?7h" + frame_end);
}

TEST_CASE("the block goes without a trace, and only once") {
    BlockFrames frames;
    CHECK(frames.erase().empty());
    frames.draw({"one", "two"});
    CHECK(frames.erase() == erased);
    CHECK(frames.erase().empty());
    frames.draw({"one"});
    CHECK(frames.draw({}) == erased);
}

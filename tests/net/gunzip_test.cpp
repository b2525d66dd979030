#include "seqload/net/gunzip.hpp"

#include "support/archives.hpp"

#include <limits>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::net {

TEST_CASE("Whatever was packed comes out again") {
    CHECK(rc::check([](const std::string& text) {
        RC_ASSERT(gunzip(test::gzip(text), text.size()).value() == text);
    }));
    const std::string large(1'000'000, 'x');
    CHECK(gunzip(test::gzip(large), large.size()) == large);
}

TEST_CASE("One byte over the limit is too large") {
    const std::string text(100'000, 'x');
    CHECK(gunzip(test::gzip(text), text.size()).has_value());
    CHECK(gunzip(test::gzip(text), text.size() - 1).error() == GunzipFailure::too_large);
}

TEST_CASE("A bomb is given up at the limit") {
    const std::string bomb = test::gzip(std::string(50'000'000, '\0'));
    REQUIRE(bomb.size() < 500'000);
    CHECK(gunzip(bomb, 65'536).error() == GunzipFailure::too_large);
}

TEST_CASE("Several members are one text (RFC 1952, section 2.2)") {
    CHECK(gunzip(test::gzip("one ") + test::gzip("") + test::gzip("two"), 7) == "one two");
}

TEST_CASE("What it claims of its size is only believed, never trusted") {
    const std::string text(300'000, 'x');
    const std::string longer = test::gzip(text);
    const std::string shorter = test::gzip("short");
    CHECK(gunzip(shorter + longer, 1'000'000).value() == "short" + text);
    CHECK(gunzip(longer + shorter, 1'000'000).value() == text + "short");
    std::string lies = test::gzip("text");
    lies.replace(lies.size() - 4, 4, "\xff\xff\xff\xff");
    CHECK(gunzip(lies, 1'000'000).error() == GunzipFailure::damaged);
}

TEST_CASE("No limit is a limit") {
    constexpr auto none = std::numeric_limits<std::size_t>::max();
    CHECK(gunzip(test::gzip("text"), none) == "text");
    CHECK(gunzip(test::gzip(""), 0) == "");
}

TEST_CASE("A stream that is cut anywhere is damaged") {
    const std::string packed = test::gzip("Ada Lovelace, Charles Babbage, Ada Lovelace");
    for (std::size_t size = 0; size < packed.size(); ++size) {
        CAPTURE(size);
        CHECK(gunzip(packed.substr(0, size), 1000).error() == GunzipFailure::damaged);
    }
}

TEST_CASE("A wrong check sum, other formats and rubbish at the end are damage") {
    std::string packed = test::gzip("text");
    packed[packed.size() - 8] ^= 1;
    CHECK(gunzip(packed, 1000).error() == GunzipFailure::damaged);
    CHECK(gunzip("{\"contacts\": []}", 1000).error() == GunzipFailure::damaged);
    CHECK(gunzip(test::gzip("text") + "rubbish", 1000).error() == GunzipFailure::damaged);
}

TEST_CASE("Any bytes at all end within the limit") {
    CHECK(rc::check([](const std::string& bytes) {
        const auto text = gunzip(std::string("\x1f\x8b\x08", 3) + bytes, 1000);
        const bool is_bounded = !text || text->size() <= 1000;
        RC_ASSERT(is_bounded);
    }));
}

}  // namespace seqload::net

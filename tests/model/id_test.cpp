#include "seqload/model/id.hpp"

#include "model/any_target.hpp"
#include "seqload/base/text.hpp"

#include <functional>
#include <string>
#include <unordered_set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::test;

TEST_CASE("an id is its 12 bytes and no more") {
    static_assert(sizeof(Id) == 12);
    const auto id = Id::parse("00112233445566778899aAbB");
    REQUIRE(id.has_value());
    CHECK(id->bytes() == std::array<std::uint8_t, 12>{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                                                      0x77, 0x88, 0x99, 0xaa, 0xbb});
    CHECK(id->text() == "00112233445566778899aabb");
    CHECK(to_string(*id) == id->text());
    CHECK(Id().text() == "000000000000000000000000");
}

TEST_CASE("an id is read from its text in either case, and written in lower case") {
    CHECK(rc::check([] {
        const Id id = any_id();
        const std::string text = id.text();
        RC_ASSERT(text.size() == Id::text_size);
        RC_ASSERT(text == lowered(text));
        RC_ASSERT(Id::parse(text) == id);
        std::string upper = text;
        for (char& digit : upper) {
            if (digit >= 'a' && *rc::gen::arbitrary<bool>())
                digit = static_cast<char>(digit - 'a' + 'A');
        }
        RC_ASSERT(Id::parse(upper) == id);
    }));
}

TEST_CASE("one byte that is no hex digit makes a text no id, whichever byte and wherever") {
    CHECK(rc::check([] {
        std::string text = any_id().text();
        const auto place = *rc::gen::inRange<std::size_t>(0, Id::text_size);
        text[place] = *rc::gen::arbitrary<char>();
        const bool is_digit =
            std::string("0123456789abcdefABCDEF").find(text[place]) != std::string::npos;
        RC_ASSERT(Id::parse(text).has_value() == is_digit);
    }));
    // Those next to the digits in ASCII, and some beyond it.
    for (const char byte : {'/', ':', '@', 'G', '`', 'g', ' ', '\0', '\x80', '\xff'}) {
        for (std::size_t place = 0; place < Id::text_size; ++place) {
            std::string text(Id::text_size, 'a');
            text[place] = byte;
            CHECK(Id::parse(text) == std::nullopt);
        }
    }
}

TEST_CASE("a text that is too short or too long is no id") {
    const std::string digits(40, '7');
    for (std::size_t length = 0; length < digits.size(); ++length)
        CHECK(Id::parse(digits.substr(0, length)).has_value() == (length == Id::text_size));
}

TEST_CASE("an id is put behind what a text holds already") {
    std::string text = "id=";
    Id::parse("0123456789abcdef01234567")->append_to(text);
    CHECK(text == "id=0123456789abcdef01234567");
}

TEST_CASE("ids are in the order of their texts, and only the same are equal") {
    CHECK(rc::check([] {
        const Id one = any_id();
        const Id other = *rc::gen::arbitrary<bool>() ? any_id() : one;
        RC_ASSERT((one < other) == (one.text() < other.text()));
        RC_ASSERT((one == other) == (one.text() == other.text()));
        RC_ASSERT(one != other || std::hash<Id>{}(one) == std::hash<Id>{}(other));
    }));
}

TEST_CASE("ids that were counted up fall on different hashes, also in their lower bits") {
    std::unordered_set<std::size_t> hashes;
    std::unordered_set<std::size_t> lower_bits;
    for (std::uint32_t number = 0; number < 4096; ++number) {
        std::array<std::uint8_t, Id::size> bytes{0x5e, 0x66, 0xb6, 0x38, 1, 2, 3, 4, 5};
        bytes[10] = static_cast<std::uint8_t>(number >> 8U);
        bytes[11] = static_cast<std::uint8_t>(number & 0xffU);
        const auto hash = std::hash<Id>{}(Id(bytes));
        hashes.insert(hash);
        lower_bits.insert(hash % 4096);
    }
    CHECK(hashes.size() == 4096);
    CHECK(lower_bits.size() > 2300);  // drawn at random it would be 63 of 100
}

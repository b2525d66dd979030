#include "seqload/base/number_slots.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <optional>
#include <unordered_map>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <sys/resource.h>
#include <unistd.h>

using seqload::NumberSlots;

namespace {

// Numbers for different things, each of which is a number itself.
struct Things {
    std::uint32_t add(std::uint64_t thing) {
        if (const auto known = find(thing))
            return *known;
        slots.add(hash(thing), [this](std::uint32_t number) { return hash(things[number]); });
        things.push_back(thing);
        return static_cast<std::uint32_t>(things.size() - 1);
    }

    std::optional<std::uint32_t> find(std::uint64_t thing) const {
        return slots.find(hash(thing),
                          [&](std::uint32_t number) { return things.at(number) == thing; });
    }

    std::uint64_t hash(std::uint64_t thing) const {
        return (thing & hashed) * 0x9e37'79b9'7f4a'7c15U;
    }

    std::uint64_t hashed;  // the bits that make a difference to the hash
    std::vector<std::uint64_t> things{};
    NumberSlots slots{};
};

// The process may take so many bytes more than it has, and no more, while this lives.
class AddressSpaceLimit {
public:
    explicit AddressSpaceLimit(std::size_t more) : more_(more) {
        std::size_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        REQUIRE(pages > 0);
        REQUIRE(getrlimit(RLIMIT_AS, &earlier_) == 0);
        const rlimit limit{pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) + more,
                           earlier_.rlim_max};
        REQUIRE(setrlimit(RLIMIT_AS, &limit) == 0);
    }
    ~AddressSpaceLimit() { setrlimit(RLIMIT_AS, &earlier_); }
    AddressSpaceLimit(const AddressSpaceLimit&) = delete;
    AddressSpaceLimit& operator=(const AddressSpaceLimit&) = delete;

    std::size_t more() const { return more_; }

private:
    std::size_t more_;
    rlimit earlier_{};
};

}  // namespace

TEST_CASE("numbers are those of a map, however bad the hash") {
    CHECK(rc::check([] {
        Things things{*rc::gen::element<std::uint64_t>(0, 1, 0xf0, ~std::uint64_t{0})};
        std::unordered_map<std::uint64_t, std::uint32_t> expected;
        const auto told = *rc::gen::container<std::vector<std::uint64_t>>(
            rc::gen::inRange<std::uint64_t>(0, 300));
        for (const std::uint64_t thing : told) {
            const auto next = static_cast<std::uint32_t>(expected.size());
            RC_ASSERT(things.add(thing) == expected.try_emplace(thing, next).first->second);
        }
        RC_ASSERT(things.slots.size() == expected.size());
        for (std::uint64_t thing = 0; thing < 320; ++thing) {
            const auto found = expected.find(thing);
            RC_ASSERT(things.find(thing) ==
                      (found == expected.end() ? std::nullopt : std::optional(found->second)));
        }
    }));
}

TEST_CASE("of many things each is found and no other, in no more than 7 bytes each") {
    Things things{~std::uint64_t{0}};
    std::size_t over = 0;
    for (std::uint64_t thing = 0; thing < 200'000; ++thing) {
        things.add(2 * thing);
        const std::size_t allowed = 7 * std::size_t{things.slots.size()};
        over = std::max(over, things.slots.bytes() - std::min(things.slots.bytes(), allowed));
    }
    CHECK(over <= 256);
    std::size_t wrong = 0;
    for (std::uint64_t thing = 0; thing < 400'000; ++thing) {
        const auto expected =
            thing % 2 == 0 ? std::optional(static_cast<std::uint32_t>(thing / 2)) : std::nullopt;
        wrong += things.find(thing) == expected ? 0 : 1;
    }
    CHECK(wrong == 0);
}

// Sanitizers need memory of their own at any moment.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("the old slots are let go before there are new ones") {
    constexpr std::uint32_t things = 4'000'000;
    NumberSlots slots;
    const auto hash = [](std::uint64_t thing) { return thing * 0x9e37'79b9'7f4a'7c15U; };
    while (slots.size() < things / 2)
        slots.add(hash(slots.size()), hash);
    // For as many more as there are slots for twice, but not for both tables at once.
    const AddressSpaceLimit limit(slots.bytes());
    while (slots.size() < things)
        slots.add(hash(slots.size()), hash);
    CHECK(slots.bytes() > limit.more());
    CHECK(slots.find(hash(7), [](std::uint32_t number) { return number == 7; }) == 7U);
}
#endif

TEST_CASE("how much memory is to come is known before it is taken") {
    Things things{~std::uint64_t{0}};
    constexpr std::size_t more = 500;
    std::size_t wrong = 0;
    for (std::uint64_t thing = 0; thing < 20'000;) {
        const std::size_t foretold = things.slots.bytes() + things.slots.bytes_to_come(more);
        for (const std::uint64_t end = thing + more; thing < end; ++thing)
            things.add(thing);
        wrong += things.slots.bytes() == foretold ? 0 : 1;
    }
    CHECK(wrong == 0);
}

TEST_CASE("hardly ever is a wrong one asked about") {
    Things things{~std::uint64_t{0}};
    for (std::uint64_t thing = 0; thing < 100'000; ++thing)
        things.add(thing);
    std::size_t asked = 0;
    for (std::uint64_t thing = 1'000'000; thing < 1'100'000; ++thing) {
        CHECK_FALSE(things.slots.find(things.hash(thing), [&asked](std::uint32_t) {
            ++asked;
            return false;
        }));
    }
    CHECK(asked < 1'000);
}

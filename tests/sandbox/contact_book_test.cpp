#include "seqload/sandbox/contact_book.hpp"

#include <map>
#include <set>
#include <stdexcept>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;

namespace {

Id id(const char* text) {
    return *Id::parse(text);
}

ListedContact listed(const char* text, std::vector<LabelIndex> labels = {}) {
    ListedContact contact;
    contact.id = id(text);
    contact.labels = std::move(labels);
    return contact;
}

constexpr std::array<std::uint8_t, 8> prefix{0x66, 0xf0, 0, 0, 0, 0, 0, 0};

GeneratedBlock block(std::uint32_t count) {
    GeneratedBlock made;
    made.prefix = prefix;
    made.count = count;
    return made;
}

}  // namespace

TEST_CASE("a generated contact is found by the formula of its id, and only within its block") {
    ContactBook book;
    book.add(listed("66e34b81740c500000000001"));
    CHECK(book.add(block(256)));
    CHECK(book.size() == 257);
    CHECK(book.find(id("66f000000000000000000000")) == 1U);
    CHECK(book.find(id("66f0000000000000000000ff")) == 256U);
    CHECK_FALSE(book.find(id("66f000000000000000000100")));
    CHECK_FALSE(book.find(id("66f000000000000100000000")));
    CHECK(book.find(id("66e34b81740c500000000001")) == 0U);
}

TEST_CASE("place and id lead to each other for every contact of several blocks") {
    ContactBook book;
    book.add(listed("66e34b81740c500000000001"));
    book.add(block(1000));
    GeneratedBlock other = block(70'000);
    other.prefix[7] = 9;
    book.add(std::move(other));
    std::set<Id> ids;
    for (ContactIndex contact = 0; contact < book.size(); ++contact) {
        REQUIRE(book.find(book.id(contact)) == contact);
        ids.insert(book.id(contact));
    }
    CHECK(ids.size() == book.size());
}

TEST_CASE("the shares of traits are exact in every thousand, and follow the documented formula") {
    ContactBook book;
    GeneratedBlock shared = block(3000);
    shared.per_thousand[static_cast<std::size_t>(Trait::unsubscribed)] = 10;
    shared.per_thousand[static_cast<std::size_t>(Trait::no_email)] = 25;
    book.add(std::move(shared));
    for (std::uint32_t thousand = 0; thousand < 3; ++thousand) {
        std::map<std::string, int> counts;
        for (ContactIndex contact = thousand * 1000; contact < (thousand + 1) * 1000; ++contact) {
            const std::uint32_t place = contact * 387 % 1000;
            const Traits traits = book.traits(contact);
            REQUIRE(traits.has(Trait::unsubscribed) == (place < 10));
            REQUIRE(traits.has(Trait::no_email) == (place >= 10 && place < 35));
            counts["unsubscribed"] += traits.has(Trait::unsubscribed) ? 1 : 0;
            counts["no_email"] += traits.has(Trait::no_email) ? 1 : 0;
        }
        CHECK(counts["unsubscribed"] == 10);
        CHECK(counts["no_email"] == 25);
    }
}

TEST_CASE("shares of more than a thousand are refused") {
    ContactBook book;
    GeneratedBlock shared = block(10);
    shared.per_thousand[0] = 1000;
    shared.per_thousand[1] = 1;
    CHECK_THROWS_AS(book.add(std::move(shared)), std::invalid_argument);
}

TEST_CASE("a label is carried by each contact of its stride, and by listed ones that say so") {
    ContactBook book;
    book.add(listed("66e34b81740c500000000001", {4}));
    GeneratedBlock labelled = block(25);
    labelled.labels = {{4, 10, 3}};
    book.add(std::move(labelled));
    std::vector<ContactIndex> found;
    book.each_with_label(4, [&found](ContactIndex contact) { found.push_back(contact); });
    CHECK(found == std::vector<ContactIndex>{0, 4, 14, 24});
    CHECK(book.count_with_label(4) == 4);
    CHECK(book.count_with_label(5) == 0);
    CHECK(book.labels(14) == std::vector<LabelIndex>{4});
    CHECK(book.labels(15).empty());
}

TEST_CASE("a contact or a prefix that is there already is refused") {
    ContactBook book;
    CHECK(book.add(listed("66e34b81740c500000000001")));
    CHECK_FALSE(book.add(listed("66e34b81740c500000000001")));
    CHECK(book.size() == 1);
    CHECK(book.add(block(5)));
    CHECK_FALSE(book.add(block(7)));
}

#include "seqload/state/members.hpp"

#include "state/state_fixture.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::state {

using stored::MembersKind;

TEST_CASE("a contact's row and id lie in 16 bytes, the row in big-endian order") {
    const Batch batch{.target = 3, .contacts = {{0x01020304, id(0x05060708)}}, .labels = {}};
    const std::string bytes = encode_members(batch);
    CHECK(bytes == std::string("\x01\x02\x03\x04"
                               "\x66\0\0\0\0\0\0\0\x05\x06\x07\x08",
                               16));
    CHECK(members_kind(batch) == MembersKind::contacts);
}

TEST_CASE("a label's row and length go before it") {
    const Batch batch = label(258, "Führung");
    CHECK(encode_members(batch) == std::string("\0\0\x01\x02\0\0\0\x08"
                                               "F\xc3\xbchrung",
                                               16));
    CHECK(members_kind(batch) == MembersKind::labels);
}

TEST_CASE("members come back as they went in, in their order") {
    CHECK(rc::check([](const std::vector<std::pair<std::uint32_t, std::uint32_t>>& rows,
                       TargetIndex target) {
        RC_PRE(!rows.empty());
        Batch batch{.target = target, .contacts = {}, .labels = {}};
        for (const auto& [row, number] : rows)
            batch.contacts.push_back({row, id(number)});
        RC_ASSERT(decode_members(target, MembersKind::contacts, encode_members(batch)) == batch);
    }));
    CHECK(rc::check([](const std::vector<std::pair<std::uint32_t, std::string>>& rows) {
        RC_PRE(!rows.empty());
        Batch batch;
        for (const auto& [row, text] : rows)
            batch.labels.push_back({row, text});
        RC_ASSERT(decode_members(0, MembersKind::labels, encode_members(batch)) == batch);
    }));
}

TEST_CASE("members that are cut off at any byte but between two rows cannot be read") {
    const std::string two_contacts = encode_members(contacts({1, 2}));
    for (std::size_t size = 0; size <= two_contacts.size(); ++size) {
        CAPTURE(size);
        const auto read = decode_members(0, MembersKind::contacts, two_contacts.substr(0, size));
        CHECK(read.has_value() == (size == 16 || size == 32));
    }
    Batch two_labels = label(1, "one");
    two_labels.labels.push_back({2, "two"});
    const std::string bytes = encode_members(two_labels);
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        CAPTURE(size);
        const auto read = decode_members(0, MembersKind::labels, bytes.substr(0, size));
        CHECK(read.has_value() == (size == 11 || size == 22));
    }
}

TEST_CASE("a length that says more than there is cannot be read") {
    CHECK_FALSE(decode_members(0, MembersKind::labels, std::string("\0\0\0\1\xff\xff\xff\xff", 8)));
}

TEST_CASE("numbers that stand for nothing are told apart from those that do") {
    CHECK(stored::row_status(1) == RowStatus::added);
    CHECK(stored::row_status(8) == RowStatus::unconfirmed);
    CHECK_FALSE(stored::row_status(0));
    CHECK_FALSE(stored::row_status(9));  // not_attempted is the absence of an outcome
    CHECK(stored::batch_state(6) == BatchState::settled);
    CHECK_FALSE(stored::batch_state(7));
    CHECK_FALSE(stored::batch_state(-1));
    CHECK(stored::initial_status(0) == InitialStatus::unspecified);
    CHECK_FALSE(stored::initial_status(3));
    CHECK(stored::members_kind(2) == MembersKind::labels);
    CHECK_FALSE(stored::members_kind(std::int64_t{1} << 40));
}

}  // namespace seqload::state

#include "seqload/sandbox/memberships.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;

namespace {

ContactBook book_of_ten() {
    ContactBook book;
    for (std::uint8_t number = 0; number < 10; ++number) {
        ListedContact contact;
        contact.id = Id({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, number});
        contact.account = number / 5;  // 0: on their own; 1: colleagues
        book.add(std::move(contact));
    }
    return book;
}

Membership in(ContactIndex contact, SequenceIndex sequence) {
    Membership membership;
    membership.contact = contact;
    membership.sequence = sequence;
    return membership;
}

}  // namespace

TEST_CASE("a contact's memberships are its own, and each is found by its sequence") {
    const ContactBook book = book_of_ten();
    Memberships memberships(book, 3);
    memberships.put(in(1, 0), {});
    memberships.put(in(1, 2), {});
    memberships.put(in(2, 2), {});
    CHECK(memberships.of(1).size() == 2);
    CHECK(memberships.of(2).size() == 1);
    CHECK(memberships.of(3).empty());
    CHECK(memberships.find(1, 2)->sequence == 2);
    CHECK(memberships.find(1, 1) == nullptr);
    CHECK(memberships.count(2, MembershipStatus::active) == 2);
}

TEST_CASE("putting somebody in twice is a broken promise; after a removal it is not") {
    const ContactBook book = book_of_ten();
    Memberships memberships(book, 1);
    memberships.put(in(1, 0), {});
    CHECK_THROWS_AS(memberships.put(in(1, 0), {}), std::logic_error);
    memberships.end(*memberships.find(1, 0), MembershipStatus::removed, InactiveReason::none, {});
    CHECK(memberships.count(0, MembershipStatus::removed) == 1);
    CHECK(memberships.put(in(1, 0), {}).is_in());
    CHECK(memberships.of(1).size() == 1);
    CHECK(memberships.count(0, MembershipStatus::removed) == 0);
}

TEST_CASE("colleagues are counted while they are in, and who has none is nobody's colleague") {
    const ContactBook book = book_of_ten();
    Memberships memberships(book, 2);
    memberships.put(in(5, 0), {});
    memberships.put(in(6, 0), {});
    memberships.put(in(1, 0), {});
    CHECK(memberships.colleagues(1, 0) == 2);
    CHECK(memberships.colleagues(1, 1) == 0);
    CHECK(memberships.colleagues(0, 0) == 0);
    memberships.end(*memberships.find(5, 0), MembershipStatus::finished,
                    InactiveReason::manually_finished, {});
    CHECK(memberships.colleagues(1, 0) == 2);
    memberships.end(*memberships.find(6, 0), MembershipStatus::removed, InactiveReason::none, {});
    CHECK(memberships.colleagues(1, 0) == 1);
}

TEST_CASE("an addition's details are kept for it alone") {
    const ContactBook book = book_of_ten();
    Memberships memberships(book, 1);
    memberships.put(in(0, 0), {});
    memberships.put(in(1, 0), {"alias@example.com", "", ""});
    memberships.put(in(2, 0), {"alias@example.com", "", ""});
    memberships.put(in(3, 0), {"", "66302798d03b9601c7934ebf", ""});
    CHECK(memberships.details(*memberships.find(0, 0)).from_address.empty());
    CHECK(memberships.details(*memberships.find(2, 0)).from_address == "alias@example.com");
    CHECK(memberships.details(*memberships.find(3, 0)).from_address.empty());
    CHECK(memberships.details(*memberships.find(3, 0)).user_id == "66302798d03b9601c7934ebf");
}

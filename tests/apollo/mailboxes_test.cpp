#include "seqload/apollo/mailboxes.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_lists.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

Mailbox only(const std::string& fields) {
    const auto mailboxes =
        read_mailboxes(R"({"email_accounts": [{"id": "6633baaece5fbd01c791d7ca")" + fields + "}]}");
    REQUIRE(mailboxes);
    REQUIRE(mailboxes->size() == 1);
    return mailboxes->front();
}

}  // namespace

TEST_CASE("mailboxes say whether they can send, and from which addresses") {
    const auto mailboxes = read_mailboxes(sample_list("mailboxes.json"));
    REQUIRE(mailboxes);
    REQUIRE(mailboxes->size() == 3);
    const Mailbox& good = (*mailboxes)[0];
    CHECK(good == Mailbox{.id = id_of("66000a1177d36c0000020ddf"),
                          .email = "ada.abel@mail.example.com",
                          .active = true,
                          .revoked = false,
                          .inactive_reason = "",
                          .aliases = {"ada@news.example.com"},
                          .user = good.user,
                          .daily_limit = 50});
    CHECK(good.user);
    CHECK(good.usable());
    const Mailbox& revoked = (*mailboxes)[1];
    CHECK_FALSE(revoked.active);
    CHECK(revoked.revoked);
    CHECK(revoked.inactive_reason == "Consent was withdrawn");
    CHECK(revoked.aliases.empty());
    CHECK_FALSE(revoked.daily_limit);
    CHECK_FALSE(revoked.usable());
    CHECK((*mailboxes)[2] ==
          Mailbox{.id = id_of("66000a1877d36c000002e668"), .email = "Pool@mail.example.com"});
}

TEST_CASE("a mailbox is revoked when there is a time of it") {
    CHECK_FALSE(only("").revoked);
    CHECK_FALSE(only(R"(, "revoked_at": null)").revoked);
    CHECK_FALSE(only(R"(, "revoked_at": "")").revoked);
    CHECK_FALSE(only(R"(, "revoked_at": false)").revoked);
    CHECK(only(R"(, "revoked_at": "2026-01-05T09:00:00Z")").revoked);
    CHECK(only(R"(, "revoked_at": 1767603600)").revoked);
    CHECK_FALSE(only(R"(, "revoked_at": "2026-01-05T09:00:00Z")").usable());
}

TEST_CASE("aliases that are none are passed over, and the address itself is none") {
    CHECK(only(R"(, "email": "A@b.c", "aliases": ["a@B.c", "d@b.c", 3, null, " "])").aliases ==
          std::vector<std::string>{"d@b.c"});
    CHECK(only(R"(, "aliases": "d@b.c")").aliases.empty());
}

TEST_CASE("mailboxes may come as a bare list, and there may be none") {
    CHECK(read_mailboxes(R"([{"id": "6633baaece5fbd01c791d7ca"}])")->size() == 1);
    CHECK(read_mailboxes(R"({"email_accounts": []})")->empty());
    CHECK_FALSE(read_mailboxes(R"({"email_accounts": [{"email": "a@b.c"}]})"));
}

TEST_CASE("mailboxes: cuts, damage and rubbish") {
    const std::string whole = sample_list("mailboxes.json");
    check_cuts(whole, read_mailboxes);
    check_damage(whole, read_mailboxes);
    check_rubbish(read_mailboxes);
}

#include "seqload/apollo/name_search.hpp"

#include "apollo/apollo_fixture.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

const std::vector<NamedId> names{
    {contact(1), "Welcome"},
    {contact(2), "welcome", {}, true},
    {contact(3), "Renewal 2026"},
    {contact(4), "RENEWAL 2026"},
    {contact(5), "Target Copywriting Clients in Dublin"},
    {contact(6), "Spring", {}, true},
};

const std::vector<NamedId> addresses{
    {contact(1), "Robin@mail.example.com", {"sales@example.com"}},
    {contact(2), "kim@mail.example.com", {"kim@news.example.com"}},
    {contact(3), "sales@example.com", {}, true},
    {contact(4), "kim@mail.example.com", {}, true},
};

std::vector<Id> ids(const std::vector<NamedId>& found) {
    std::vector<Id> result;
    for (const NamedId& each : found)
        result.push_back(each.id);
    return result;
}

}  // namespace

TEST_CASE("a sequence is found letter for letter first, then without regard to case") {
    CHECK(find_by_name(NameKind::sequence, names, "Renewal 2026") == contact(3));
    CHECK(find_by_name(NameKind::sequence, names, "RENEWAL 2026") == contact(4));
    CHECK(find_by_name(NameKind::sequence, names, " target copywriting clients in DUBLIN ") ==
          contact(5));
}

TEST_CASE("a name that is several sequences' is an error that lists them with their ids") {
    const auto found = find_by_name(NameKind::sequence, names, "renewal 2026");
    REQUIRE_FALSE(found);
    CHECK(found.error() ==
          Error{ErrorKind::unusable_input, "2 sequences are called 'renewal 2026'", "",
                "give the id of the one that is meant: 'Renewal 2026' " + contact(3).text() +
                    " or 'RENEWAL 2026' " + contact(4).text()});
}

TEST_CASE("what is out of use is meant only where nothing else is called so") {
    CHECK(find_by_name(NameKind::sequence, names, "welcome") == contact(1));
    CHECK(find_by_name(NameKind::sequence, names, "Spring") == contact(6));
    CHECK(find_by_name(NameKind::mailbox, addresses, "kim@mail.example.com") == contact(2));
    CHECK(find_by_name(NameKind::mailbox, addresses, "sales@example.com") == contact(1));
}

TEST_CASE("a mailbox is found by its address or an alias, whatever the case") {
    CHECK(find_by_name(NameKind::mailbox, addresses, "robin@MAIL.example.com") == contact(1));
    CHECK(find_by_name(NameKind::mailbox, addresses, "Kim@News.example.com") == contact(2));
    const std::vector<NamedId> both{{contact(1), "a@b.c", {"d@b.c"}}, {contact(2), "d@b.c"}};
    CHECK(find_by_name(NameKind::mailbox, both, "d@b.c") == contact(2));
    const std::vector<NamedId> shared{{contact(1), "a@b.c", {"x@b.c"}},
                                      {contact(2), "d@b.c", {"X@b.c"}}};
    const auto found = find_by_name(NameKind::mailbox, shared, "x@b.c");
    REQUIRE_FALSE(found);
    CHECK(found.error().what == "2 mailboxes have the address 'x@b.c'");
}

TEST_CASE("a user has one address, and a label is spelled as it is") {
    CHECK(find_by_name(NameKind::user, addresses, "ROBIN@mail.example.com") == contact(1));
    CHECK_FALSE(find_by_name(NameKind::user, addresses, "kim@news.example.com"));
    CHECK(find_by_name(NameKind::label, names, "Welcome") == contact(1));
    const auto other_case = find_by_name(NameKind::label, names, "WELCOME");
    REQUIRE_FALSE(other_case);
    CHECK(to_string(other_case.error()) ==
          "no label for contacts is called 'WELCOME' (did you mean 'Welcome' " + contact(1).text() +
              " or 'welcome' " + contact(2).text() + "?)");
}

TEST_CASE("an unknown name is an error that lists the near ones") {
    const auto slip = find_by_name(NameKind::sequence, names, "Wellcome");
    REQUIRE_FALSE(slip);
    CHECK(slip.error().kind == ErrorKind::unusable_input);
    CHECK(slip.error().what == "no sequence is called 'Wellcome'");
    CHECK(slip.error().next == "did you mean 'Welcome' " + contact(1).text() + " or 'welcome' " +
                                   contact(2).text() + "?");
    const auto stranger = find_by_name(NameKind::mailbox, addresses, "zoe@elsewhere.example.org");
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error().what == "no mailbox has the address 'zoe@elsewhere.example.org'");
    CHECK(stranger.error().next == "look the name up in Apollo");
    const auto person = find_by_name(NameKind::user, {}, "a@b.c");
    REQUIRE_FALSE(person);
    CHECK(person.error().what == "no user has the address 'a@b.c'");
}

TEST_CASE("near are slips first, then the same person's addresses, then names with all words") {
    CHECK(ids(near_names(names, "renewals 2026")) == std::vector{contact(3), contact(4)});
    CHECK(ids(near_names(names, "dublin COPYWRITING")) == std::vector{contact(5)});
    CHECK(ids(near_names(addresses, "robin@elsewhere.example.org")) == std::vector{contact(1)});
    CHECK(ids(near_names(addresses, "kim@naws.example.com")).front() == contact(2));
    CHECK(near_names(names, "").empty());
    CHECK(near_names(names, "in").empty());
    CHECK(near_names(names, "Sprung", 0).empty());
    CHECK(find_by_name(NameKind::sequence, names, "Sprung").error().next.starts_with("did you"));
    CHECK(find_by_name(NameKind::sequence, names, "Sprung", 0).error().next ==
          "look the name up in Apollo");
    CHECK(ids(near_names(names, "Sprung")) == std::vector{contact(6)});
}

TEST_CASE("many of the same name are not all listed, and a strange name is made harmless") {
    std::vector<NamedId> many;
    for (std::uint32_t number = 0; number < 8; ++number)
        many.push_back({contact(number), "Same"});
    const auto found = find_by_name(NameKind::sequence, many, "Same");
    REQUIRE_FALSE(found);
    CHECK(found.error().what == "8 sequences are called 'Same'");
    CHECK(found.error().next.ends_with(contact(4).text() + " or one of 3 others"));
    const auto strange =
        find_by_name(NameKind::sequence, many, "a\x1b[31m\n" + std::string(5000, 'x'));
    REQUIRE_FALSE(strange);
    CHECK(strange.error().what.find('\x1b') == std::string::npos);
    CHECK(strange.error().what.size() < 150);
}

TEST_CASE("what stands in the list twice is one thing") {
    const std::vector<NamedId> twice{{contact(1), "A name"}, {contact(1), "A name"}};
    CHECK(find_by_name(NameKind::sequence, twice, "A name") == contact(1));
    CHECK(near_names(twice, "B name").size() == 1);
}

TEST_CASE("names are taken from Apollo's lists, with what is out of use marked") {
    const std::vector sequences{Sequence{.id = contact(1), .name = "A", .active = false},
                                Sequence{.id = contact(2), .name = "B", .archived = true}};
    CHECK(named(sequences) == std::vector<NamedId>{{contact(1), "A"}, {contact(2), "B", {}, true}});
    const std::vector mailboxes{Mailbox{.id = contact(1), .email = "a@b.c", .aliases = {"d@b.c"}},
                                Mailbox{.id = contact(2), .email = "e@b.c", .revoked = true},
                                Mailbox{.id = contact(3), .email = "f@b.c", .active = false}};
    CHECK(named(mailboxes) == std::vector<NamedId>{{contact(1), "a@b.c", {"d@b.c"}},
                                                   {contact(2), "e@b.c", {}, true},
                                                   {contact(3), "f@b.c", {}, true}});
    const std::vector users{User{.id = contact(1), .email = "a@b.c", .name = "Ada"},
                            User{.id = contact(2), .email = "d@b.c", .name = "", .deleted = true}};
    CHECK(named(users) ==
          std::vector<NamedId>{{contact(1), "a@b.c"}, {contact(2), "d@b.c", {}, true}});
    const std::vector labels{
        Label{.id = contact(1), .name = "People", .modality = "contacts", .count = 0},
        Label{.id = contact(2), .name = "Firms", .modality = "accounts"}};
    CHECK(named(labels) == std::vector<NamedId>{{contact(1), "People"}});
}

TEST_CASE("whatever is searched for among whatever, the answer is one that is called so") {
    CHECK(rc::check([] {
        const auto word = rc::gen::container<std::string>(rc::gen::element('a', 'A', 'b', ' '));
        std::vector<NamedId> among;
        const auto count = *rc::gen::inRange<std::uint32_t>(0, 6);
        for (std::uint32_t number = 0; number < count; ++number)
            among.push_back({contact(number), *word, {*word}, *rc::gen::arbitrary<bool>()});
        const std::string wanted = *word;
        const auto kind = *rc::gen::element(NameKind::sequence, NameKind::mailbox, NameKind::user,
                                            NameKind::label);
        const auto found = find_by_name(kind, among, wanted);
        const auto exact = static_cast<std::size_t>(std::ranges::count_if(
            among, [&](const NamedId& each) { return each.name == wanted && !each.out_of_use; }));
        if (kind == NameKind::sequence || kind == NameKind::label) {
            if (exact > 0)
                RC_ASSERT(found.has_value() == (exact == 1));
        }
        if (!found)
            return;
        const auto hit = std::ranges::find(among, *found, &NamedId::id);
        RC_ASSERT(hit != among.end());
        const auto trimmed_equal = [&](std::string_view name) {
            return equal_ignoring_case(trimmed(name), trimmed(wanted));
        };
        if (kind == NameKind::label)
            RC_ASSERT(hit->name == wanted);
        else if (kind == NameKind::mailbox)
            RC_ASSERT((trimmed_equal(hit->name) || trimmed_equal(hit->aliases.front())));
        else
            RC_ASSERT(trimmed_equal(hit->name));
    }));
}

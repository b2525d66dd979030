#include "seqload/input/name_table.hpp"

#include "seqload/model/stand_in.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::input;

namespace {

const Id welcome = *Id::parse("66e9e215ece19801b2199901");
const Id renewal = *Id::parse("66e9e215ece19801b2199902");

}  // namespace

TEST_CASE("a sequence is known letter for letter, an address whatever its case") {
    NameTable names;
    CHECK(names.empty());
    names.put(Column::sequence, " Welcome ", welcome);
    names.put(Column::email_account, "Robin@Mail.example.com", renewal);
    CHECK_FALSE(names.empty());
    REQUIRE(names.find(Column::sequence, "Welcome") != nullptr);
    CHECK(*names.find(Column::sequence, "Welcome") == welcome);
    CHECK(names.find(Column::sequence, "welcome") == nullptr);
    REQUIRE(names.find(Column::email_account, " robin@mail.EXAMPLE.com") != nullptr);
    CHECK(*names.find(Column::email_account, "robin@mail.example.com") == renewal);
}

TEST_CASE("a name means something in its own column only") {
    NameTable names;
    names.put(Column::email_account, "robin@mail.example.com", renewal);
    CHECK(names.find(Column::user, "robin@mail.example.com") == nullptr);
    CHECK_THROWS_AS(names.put(Column::label, "Leads", welcome), std::logic_error);
    CHECK_THROWS_AS(std::ignore = names.find(Column::sequence_id, "x"), std::logic_error);
}

TEST_CASE("why a name has no id is kept in its place") {
    NameTable names;
    names.put(Column::sequence, "Wellcome", std::unexpected("no sequence is called 'Wellcome'"));
    const auto* const meaning = names.find(Column::sequence, "Wellcome");
    REQUIRE(meaning != nullptr);
    REQUIRE_FALSE(*meaning);
    CHECK(meaning->error() == "no sequence is called 'Wellcome'");
    names.put(Column::sequence, "Wellcome", welcome);
    CHECK(*names.find(Column::sequence, "Wellcome") == welcome);
}

TEST_CASE("a cell has one name, and mailboxes may be several") {
    using Names = std::vector<std::string_view>;
    CHECK(names_in(Column::sequence, "  ").empty());
    CHECK(names_in(Column::sequence, " One; two ") == Names{"One; two"});
    CHECK(names_in(Column::user, "a@b.c") == Names{"a@b.c"});
    CHECK(names_in(Column::email_account, " a@b.c ;;d@e.f; ") == Names{"a@b.c", "d@e.f"});
    CHECK(names_in(Column::email_account, " ; ").empty());
}

TEST_CASE("a stand-in is the same for the same name, and another for another") {
    CHECK(stand_in_for(Column::user, "Robin@b.c") == stand_in_for(Column::user, " robin@B.C"));
    CHECK(stand_in_for(Column::sequence, "A") != stand_in_for(Column::sequence, "a"));
    CHECK(stand_in_for(Column::user, "robin@b.c") !=
          stand_in_for(Column::email_account, "robin@b.c"));
    // The state keeps them: they must be the same in every version.
    CHECK(stand_in_for(Column::sequence, "Welcome").text() == "ffffffffba954d1b4667cf8a");
    CHECK(stand_in_for(Column::email_account, "robin@mail.example.com").text() ==
          "ffffffff0bf1fed3bd811f13");
    CHECK(rc::check([](const std::string& one, const std::string& other) {
        const Id id = stand_in_for(Column::sequence, one);
        RC_ASSERT(is_stand_in(id));
        RC_ASSERT((id == stand_in_for(Column::sequence, other)) ==
                  (name_key(Column::sequence, one) == name_key(Column::sequence, other)));
    }));
}

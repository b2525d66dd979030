// Rows that say by name what others say by id: TargetCells with a table of names.

#include "input/rows_of.hpp"
#include "seqload/input/name_table.hpp"
#include "seqload/input/target_cells.hpp"
#include "seqload/model/stand_in.hpp"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::input;
using test::contact;
using test::mailbox;
using test::other_mailbox;
using test::sequence;
using test::verdict;

namespace {

const std::string other_sequence = "66e9e215ece19801b2199902";
const std::string ann = "66e9e215ece19801b2199b01";
const std::string kim = "66e9e215ece19801b2199b02";

class NamedRowsFixture : public test::Reading {
public:
    NamedRowsFixture() {
        options.defaults.sequence.reset();
        options.defaults.mailboxes.clear();
        const auto put = [this](Column column, const char* name, const std::string& id) {
            options.names.put(column, name, *Id::parse(id));
        };
        put(Column::sequence, "Welcome", sequence);
        put(Column::sequence, "Renewal", other_sequence);
        put(Column::email_account, "robin@b.c", mailbox);
        put(Column::email_account, "sales@b.c", mailbox);  // an alias
        put(Column::email_account, "kim@b.c", other_mailbox);
        put(Column::user, "ann@b.c", ann);
        put(Column::user, "kim@b.c", kim);
        options.names.put(Column::sequence, "Wellcome", std::unexpected("nobody is"));
    }

    std::string judged(const std::string& header, const std::string& cells) {
        names.clear();
        files.clear();
        add(header + "\n" + contact + "," + cells + "\n");
        rows_ = rows();
        REQUIRE(rows_.size() == 1);
        return verdict(rows_.front());
    }

    Target target() const { return targets[rows_.front().target]; }

private:
    std::vector<Row> rows_;
};

const std::string by_name = "contact_id,sequence,email_account,user";
const std::string by_both =
    "contact_id,sequence_id,sequence,email_account_id,email_account,user_id,user";

}  // namespace

TEST_CASE_FIXTURE(NamedRowsFixture, "a row by names is the row by their ids") {
    CHECK(judged(by_name, "Welcome,Robin@B.C,ann@b.c") == "contact " + contact);
    CHECK(target().sequence.text() == sequence);
    CHECK(mailboxes_text(target()) == mailbox);
    CHECK(target().user->text() == ann);
    judged("contact_id,sequence_id,email_account_id,user_id", sequence + "," + mailbox + "," + ann);
    CHECK(targets.size() == 1);
    CHECK(targets.called(target().sequence) == nullptr);
}

TEST_CASE_FIXTURE(NamedRowsFixture, "several addresses rotate, each mailbox once") {
    judged(by_name, "Welcome,kim@b.c;robin@b.c; sales@b.c ,");
    CHECK(mailboxes_text(target()) == mailbox + ";" + other_mailbox);
    CHECK_FALSE(target().user);
    CHECK(judged(by_name, "Welcome,;,") == "bad_email_account_id: ;");
    CHECK(judged(by_name, "Welcome,,") == "missing_email_account_id");
    CHECK(judged(by_name, ",kim@b.c,") == "missing_sequence_id");
}

TEST_CASE_FIXTURE(NamedRowsFixture, "the nearest says it: the id's cell, the name's, the default") {
    options.defaults.sequence_called = "Renewal";
    options.defaults.mailboxes_called = {"kim@b.c", "robin@b.c"};
    options.defaults.user_called = "kim@b.c";
    judged(by_both, ",,,,,");
    CHECK(target().sequence.text() == other_sequence);
    CHECK(mailboxes_text(target()) == mailbox + ";" + other_mailbox);
    CHECK(target().user->text() == kim);
    judged(by_both, ",Welcome,,robin@b.c,,ann@b.c");
    CHECK(target().sequence.text() == sequence);
    CHECK(mailboxes_text(target()) == mailbox);
    CHECK(target().user->text() == ann);
    judged(by_both, sequence + ",," + mailbox + ",," + ann + ",");
    CHECK(target().sequence.text() == sequence);
    CHECK(target().user->text() == ann);
    options.defaults.sequence_called.clear();
    options.defaults.sequence = Id::parse(other_sequence);
    judged(by_both, ",Welcome,,robin@b.c,,");
    CHECK(target().sequence.text() == sequence);
}

TEST_CASE_FIXTURE(NamedRowsFixture,
                  "a name that is known to be another id's makes its row invalid") {
    const auto row = [&](const std::string& sequences, const std::string& mailboxes,
                         const std::string& users) {
        return judged(by_both, sequences + "," + mailboxes + "," + users);
    };
    const std::string good = sequence + ",Welcome";
    CHECK(row(good, mailbox + ",robin@b.c", ann + ",ann@b.c") == "contact " + contact);
    CHECK(row(good, mailbox + ",sales@b.c", ",") == "contact " + contact);
    CHECK(row(sequence + ",Renewal", mailbox + ",", ",") ==
          "bad_sequence_id: " + sequence + " (\"Renewal\" is " + other_sequence + ")");
    CHECK(row(good, mailbox + ",kim@b.c", ",") ==
          "bad_email_account_id: " + mailbox + " (\"kim@b.c\" is " + other_mailbox + ")");
    CHECK(row(good, mailbox + ",", ann + ",kim@b.c") ==
          "bad_user_id: " + ann + " (\"kim@b.c\" is " + kim + ")");
}

TEST_CASE_FIXTURE(NamedRowsFixture,
                  "of several mailboxes none may be unnamed where all names are known") {
    const std::string both = other_mailbox + ";" + mailbox;
    const auto row = [&](const std::string& ids, const std::string& called) {
        return judged(by_both, sequence + ",," + ids + "," + called + ",,");
    };
    CHECK(row(both, "robin@b.c;kim@b.c") == "contact " + contact);
    CHECK(row(both, "robin@b.c") == "bad_email_account_id: " + both + " (\"robin@b.c\" is " +
                                        mailbox + ", and " + other_mailbox + " is not named)");
    CHECK(row(both, "robin@b.c;who@b.c") == "contact " + contact);
    CHECK(row(mailbox, "robin@b.c;kim@b.c") ==
          "bad_email_account_id: " + mailbox + " (\"kim@b.c\" is " + other_mailbox + ")");
}

TEST_CASE_FIXTURE(NamedRowsFixture,
                  "an id stands beside a name that nobody knows, or that is several's") {
    judged(by_both, sequence + ",Wellcome," + mailbox + ",who@b.c," + ann + ",who@b.c");
    CHECK(target().sequence.text() == sequence);
    judged(by_both, sequence + ",Who," + mailbox + ",,,");
    CHECK(target().sequence.text() == sequence);
}

TEST_CASE_FIXTURE(NamedRowsFixture,
                  "a stand-in takes the place of an id that is not known, and is named") {
    options.names = {};
    judged(by_name, "Welcome, Robin@b.c;kim@b.c,ann@b.c");
    CHECK(target().sequence == stand_in_for(Column::sequence, "Welcome"));
    REQUIRE(targets.called(target().sequence) != nullptr);
    CHECK(*targets.called(target().sequence) == "Welcome");
    CHECK(*targets.called(stand_in_for(Column::email_account, "robin@b.c")) == "Robin@b.c");
    CHECK(*targets.called(*target().user) == "ann@b.c");
}

TEST_CASE_FIXTURE(NamedRowsFixture,
                  "rows by the same names are one target, however they are written") {
    options.names = {};
    add("contact_id,sequence,email_account\n" +       //
        contact + ",Welcome,a@b.c;d@e.f\n" +          //
        contact + ",\"Welcome \", D@e.f ; A@B.C\n" +  //
        contact + ",welcome,a@b.c;d@e.f\n");
    std::vector<TargetIndex> indexes;
    for (const Row& row : rows())
        indexes.push_back(row.target);
    CHECK(indexes == std::vector<TargetIndex>{0, 0, 1});
}

TEST_CASE("whatever stands in the cells, a good row has the id's id, or else the name's") {
    CHECK(rc::check([] {
        NamedRowsFixture fixture;
        const auto id = *rc::gen::element<std::string>("", sequence, other_sequence, "x");
        const auto name =
            *rc::gen::element<std::string>("", "Welcome", "Renewal", "Wellcome", "Unheard");
        const auto fallback = *rc::gen::element<std::string>("", "Renewal", "Unheard");
        fixture.options.defaults.sequence_called = fallback;
        fixture.options.defaults.mailboxes = {*Id::parse(mailbox)};
        fixture.add("contact_id,sequence,sequence_id\n" + contact + "," + name + "," + id + "\n");
        const auto header_refused = fixture.refusal();
        RC_ASSERT(header_refused.empty());
        const Row row = fixture.rows().at(0);

        const std::string said = name.empty() && id.empty() ? fallback : name;
        const auto* const meaning =
            said.empty() ? nullptr : fixture.options.names.find(Column::sequence, said);
        const bool is_known = meaning != nullptr && meaning->has_value();
        std::optional<Id> expected;
        if (!id.empty())
            expected = Id::parse(id);
        else if (!said.empty())
            expected = is_known ? **meaning : stand_in_for(Column::sequence, said);
        if (!id.empty() && is_known && expected && *expected != **meaning)
            expected.reset();
        RC_ASSERT(row.invalid.has_value() == !expected.has_value());
        if (expected)
            RC_ASSERT(fixture.targets[row.target].sequence == *expected);
    }));
}

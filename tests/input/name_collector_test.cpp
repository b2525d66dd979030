#include "seqload/input/name_collector.hpp"

#include "input/rows_of.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;
using test::contact;
using test::mailbox;
using test::sequence;

namespace {

const std::string other_contact = "66e9e215ece19801b2190002";

class NameFixture : public test::Reading {
public:
    NameFixture() {
        options.defaults.sequence.reset();
        options.defaults.mailboxes.clear();
    }

    NameCollector collected() {
        const auto pass = reader();
        NameCollector found(options.defaults);
        Row row;
        while (pass->next(row).value())
            found.take(*pass, row);
        return found;
    }
};

std::vector<NameUse> listed(const NameCollector& names, Column column) {
    const auto uses = names.uses(column);
    return {uses.begin(), uses.end()};
}

}  // namespace

TEST_CASE_FIXTURE(NameFixture,
                  "each name is collected once, with its rows and where the first is") {
    add("contact_id,sequence,email_account,user\n" +             //
        contact + ",Welcome,robin@b.c,ann@b.c\n" +               //
        contact + ",Renewal, Robin@B.C ;kim@b.c;robin@b.c,\n" +  //
        contact + ",Welcome,\" kim@b.c\",ANN@b.c\n");
    add("contact_id,sequence,email_account\n" + contact + ", Renewal ,robin@b.c\n");
    const NameCollector found = collected();
    CHECK(listed(found, Column::sequence) ==
          std::vector<NameUse>{{.name = "Welcome", .rows = 2, .file = 0, .line = 2},
                               {.name = "Renewal", .rows = 2, .file = 0, .line = 3}});
    CHECK(listed(found, Column::email_account) ==
          std::vector<NameUse>{{.name = "robin@b.c", .rows = 3, .file = 0, .line = 2},
                               {.name = "kim@b.c", .rows = 2, .file = 0, .line = 3}});
    CHECK(listed(found, Column::user) ==
          std::vector<NameUse>{{.name = "ann@b.c", .rows = 2, .file = 0, .line = 2}});
}

TEST_CASE_FIXTURE(NameFixture, "an invalid row needs no name looked up") {
    add("contact_id,sequence,email_account,status\n" +  //
        std::string("nobody,One,a@b.c,\n") +            //
        contact + ",Two,a@b.c,asleep\n" +               //
        contact + ",Three,a@b.c,paused\n" +             //
        contact + ",Four\n");
    CHECK(listed(collected(), Column::sequence) ==
          std::vector<NameUse>{{.name = "Three", .rows = 1, .file = 0, .line = 4}});
}

TEST_CASE_FIXTURE(NameFixture, "no row depends on a name that stands beside an id") {
    add("contact_id,sequence_id,sequence,email_account_id\n" +     //
        contact + "," + sequence + ",Welcome," + mailbox + "\n" +  //
        contact + "," + sequence + ",Renewal," + mailbox + "\n" +  //
        contact + ",,Renewal," + mailbox + "\n");
    CHECK(listed(collected(), Column::sequence) ==
          std::vector<NameUse>{{.name = "Welcome"},
                               {.name = "Renewal", .rows = 1, .file = 0, .line = 4}});
}

TEST_CASE_FIXTURE(NameFixture, "a default name counts for the rows that leave id and name empty") {
    options.defaults.sequence_called = "Welcome";
    options.defaults.mailboxes_called = {"a@b.c", "d@e.f"};
    add("contact_id,sequence_id,sequence\n" +  //
        contact + "," + sequence + ",\n" +     //
        contact + ",,\n" +                     //
        other_contact + ",,Renewal\n" +        //
        contact + ",,Welcome\n");
    const NameCollector found = collected();
    CHECK(listed(found, Column::sequence) ==
          std::vector<NameUse>{
              {.name = "Welcome", .rows = 2, .file = 0, .line = 3, .by_default = true},
              {.name = "Renewal", .rows = 1, .file = 0, .line = 4}});
    CHECK(listed(found, Column::email_account) ==
          std::vector<NameUse>{
              {.name = "a@b.c", .rows = 4, .file = 0, .line = 2, .by_default = true},
              {.name = "d@e.f", .rows = 4, .file = 0, .line = 2, .by_default = true}});
    CHECK(found.uses(Column::user).empty());
}

TEST_CASE_FIXTURE(NameFixture,
                  "names are looked for only where a column or a default can have one") {
    options.defaults.sequence = Id::parse(sequence);
    options.defaults.mailboxes = {*Id::parse(mailbox)};
    add("contact_id,user_id,Sequence Step\n");
    CHECK_FALSE(NameCollector::is_needed(reader()->schema(), options.defaults));
    options.defaults.user_called = "ann@b.c";
    CHECK(NameCollector::is_needed(reader()->schema(), options.defaults));
    options.defaults.user_called.clear();
    files.clear();
    add("contact_id,User\n");
    CHECK(NameCollector::is_needed(reader()->schema(), options.defaults));
}

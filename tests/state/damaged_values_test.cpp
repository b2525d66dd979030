// Values that SQLite finds nothing wrong with, and that cannot be: a damaged file, or
// one that somebody has written into.

#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <string>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

namespace seqload::state {

namespace {

// A run with two rows added and one in doubt; then that statement is carried out.
std::unique_ptr<Store> damaged_by(const char* statement, const test::TemporaryDirectory& folder) {
    const auto file = folder.path() / "state.db";
    auto store = begun(open_store(file));
    must(apply(*store, {in_flight(1, contacts({1, 2})), in_flight(2, contacts({3})),
                        settled(1, all({1, 2}, RowStatus::added)),
                        settled(2, all({3}, RowStatus::unconfirmed, "answer_lost"))}));
    store.reset();
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(statement);
    return open_store(file);
}

template <class Value>
void check_damage(const Result<Value>& result) {
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::local_fault);
    CHECK(result.error().what.starts_with("the state is damaged: "));
}

}  // namespace

TEST_CASE("a plan of more rows than an input can have is damage, and no room is made for it") {
    for (const char* statement :
         {"UPDATE runs SET planned_rows = 9223372036854775807",
          "UPDATE runs SET planned_rows = 4294967296", "UPDATE runs SET planned_rows = -1"}) {
        CAPTURE(statement);
        const test::TemporaryDirectory folder;
        const auto store = damaged_by(statement, folder);
        if (std::string(statement).ends_with("-1"))
            CHECK(must(store->settled_rows(run_id)).size() == 4);  // the outcomes say more
        else
            check_damage(store->settled_rows(run_id));
    }
}

TEST_CASE("a batch for a target that the plan does not have is damage") {
    const test::TemporaryDirectory folder;
    const auto store = damaged_by("UPDATE batches SET target = 77", folder);
    check_damage(store->added_contacts(run_id, {}));
    check_damage(store->rows_to_verify(run_id, true));
}

}  // namespace seqload::state

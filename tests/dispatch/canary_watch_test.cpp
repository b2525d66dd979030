#include "seqload/dispatch/canary_watch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::dispatch {

namespace {

Target target() {
    Target made;
    made.sequence = *Id::parse(std::string(24, '1'));
    made.mailboxes = {*Id::parse(std::string(24, 'a'))};
    return made;
}

Batch batch_of(TargetIndex target, std::size_t rows) {
    Batch batch{.target = target, .contacts = {}, .labels = {}};
    for (RowNumber row = 1; row <= rows; ++row)
        batch.contacts.push_back(
            {row, *Id::parse("66f00000000000000000000" + std::to_string(row % 10))});
    return batch;
}

Outcome outcome(RowNumber row, RowStatus status, std::string_view reason = {},
                std::string_view detail = {}) {
    Outcome made;
    made.row = row;
    made.status = status;
    made.reason = reason;
    made.detail = detail;
    return made;
}

}  // namespace

TEST_CASE("only who is in the sequence by Apollo's word has passed") {
    for (const RowStatus status : row_statuses) {
        CAPTURE(name(status));
        CHECK(passes(status) ==
              (status == RowStatus::added || status == RowStatus::already_in_sequence));
    }
}

TEST_CASE("the first batches of each target are the canary's, until they hold its rows") {
    CanaryWatch watch({.rows = 5});
    CHECK(watch.takes(batch_of(0, 5)));
    CHECK_FALSE(watch.takes(batch_of(0, 1)));
    CHECK(watch.takes(batch_of(7, 3)));
    CHECK(watch.takes(batch_of(7, 2)));
    CHECK_FALSE(watch.takes(batch_of(7, 100)));
}

TEST_CASE("rows that passed before count, and what is under way is told as a batch") {
    CanaryWatch watch({.rows = 5, .passed = {5, 3}, .under_way = {0, 1}});
    CHECK_FALSE(watch.takes(batch_of(0, 9)));
    CHECK(watch.takes(batch_of(1, 1)));  // the one under way
    CHECK(watch.takes(batch_of(1, 1)));
    CHECK_FALSE(watch.takes(batch_of(1, 1)));
    CHECK(watch.takes(batch_of(2, 5)));
}

TEST_CASE("without a canary no batch is one") {
    CanaryWatch watch({});
    CHECK_FALSE(watch.takes(batch_of(0, 1)));
}

TEST_CASE("a canary fails with its first row that did not pass, and only then") {
    CHECK(rc::check([](const std::vector<std::uint8_t>& drawn) {
        std::vector<Outcome> outcomes;
        for (const std::uint8_t number : drawn)
            outcomes.push_back(outcome(static_cast<RowNumber>(outcomes.size() + 1),
                                       row_statuses[number % row_statuses.size()]));
        const auto at_fault = std::ranges::find_if(
            outcomes, [](const Outcome& each) { return !passes(each.status); });
        const Batch batch = batch_of(0, outcomes.size());
        const auto error = CanaryWatch({.rows = 1}).verdict(target(), batch, outcomes);
        RC_ASSERT(error.has_value() == (at_fault != outcomes.end()));
        if (error)
            RC_ASSERT(error->what.find("failed: row " + std::to_string(at_fault->row) + " (") !=
                      std::string::npos);
    }));
}

TEST_CASE("a failed canary names its target, the row, the reason, and what to do") {
    const CanaryWatch watch({.rows = 3});
    const Batch contacts = batch_of(0, 3);
    const std::vector outcomes{outcome(1, RowStatus::added),
                               outcome(2, RowStatus::skipped, "contact_not_found"),
                               outcome(3, RowStatus::unconfirmed, reason::answer_lost)};
    const auto error = watch.verdict(target(), contacts, outcomes);
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::stopped);
    CHECK(
        error->what ==
        "the canary of sequence 111111111111111111111111 and mailbox aaaaaaaaaaaaaaaaaaaaaaaa "
        "failed: row 2 (contact 66f000000000000000000002) is skipped, contact_not_found; so with 1 "
        "more of its request");
    CHECK(
        error->next.starts_with("see that these are ids of contacts, not of people; then "
                                "`seqload resume` tries other rows of that target first"));

    const Batch label{.target = 0, .contacts = {}, .labels = {{9, "VIP"}}};
    const std::vector refused{outcome(9, RowStatus::failed, reason::rejected, "no such thing")};
    const auto of_label = CanaryWatch({.rows = 1}).verdict(target(), label, refused);
    REQUIRE(of_label);
    CHECK(of_label->what.ends_with("row 9 (label \"VIP\") is failed, rejected: no such thing"));
    CHECK(of_label->next.starts_with("mend that"));
    CHECK(of_label->next.find("tries another row of that target") != std::string::npos);
}

}  // namespace seqload::dispatch

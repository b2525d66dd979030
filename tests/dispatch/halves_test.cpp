#include "seqload/dispatch/halves.hpp"

#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace {

Batch batch_of(std::size_t rows) {
    Batch batch{.target = 7, .contacts = {}, .labels = {}};
    for (std::size_t i = 0; i < rows; ++i) {
        batch.contacts.push_back({static_cast<RowNumber>(i + 1), Id()});
    }
    return batch;
}

}  // namespace

TEST_CASE("the halves of a batch hold its rows once, in order, for the same target") {
    for (const std::size_t rows : {2U, 3U, 100U}) {
        const Batch batch = batch_of(rows);
        const auto [first, second] = halves(batch);
        CHECK(first.target == 7);
        CHECK(second.target == 7);
        CHECK(first.size() == (rows + 1) / 2);
        auto joined = first.contacts;
        joined.insert(joined.end(), second.contacts.begin(), second.contacts.end());
        CHECK(joined == batch.contacts);
    }
}

TEST_CASE("labels are halved like contacts") {
    Batch batch{.target = 0, .contacts = {}, .labels = {{1, "a"}, {2, "b"}, {3, "c"}}};
    const auto [first, second] = halves(batch);
    CHECK(first.labels == std::vector<LabelRow>{{1, "a"}, {2, "b"}});
    CHECK(second.labels == std::vector<LabelRow>{{3, "c"}});
}

TEST_CASE("a single row cannot be halved") {
    CHECK_THROWS_AS(halves(batch_of(1)), std::invalid_argument);
}

}  // namespace seqload::dispatch

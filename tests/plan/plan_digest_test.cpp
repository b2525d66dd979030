#include "seqload/plan/plan_digest.hpp"

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;

namespace {

Row contact_row(RowNumber number, TargetIndex target, const char* contact) {
    Row row;
    row.number = number;
    row.target = target;
    row.contact = *Id::parse(contact);
    return row;
}

Row label_row(RowNumber number, TargetIndex target, std::string label) {
    Row row;
    row.number = number;
    row.target = target;
    row.label = std::move(label);
    return row;
}

std::string digest_of(const std::vector<Row>& rows) {
    plan::PlanDigest digest;
    for (const Row& row : rows)
        digest.take(row);
    return digest.text();
}

const Row ada = contact_row(1, 0, "66e9e215ece19801b219997f");
const Row grace = contact_row(2, 0, "66e9e215ece19801b2199980");

}  // namespace

TEST_CASE("the same rows have the same digest, on every machine and in every version") {
    CHECK(digest_of({ada, grace}) == digest_of({ada, grace}));
    CHECK(digest_of({}) == "99aa06d3014798d86001c324468d497f");  // XXH3-128 of nothing
}

TEST_CASE("a digest depends on each of many rows, whatever their number") {
    std::vector<Row> rows;
    for (RowNumber number = 1; number <= 1000; ++number) {
        if (number % 7 == 0)
            rows.push_back(label_row(number, number % 3, std::string(number, 'x')));
        else
            rows.push_back(contact_row(number, number % 3, "66e9e215ece19801b219997f"));
    }
    CHECK(digest_of(rows) == "ccb8f95c10a05b9ba82f3fc306a5943f");
}

TEST_CASE("whatever differs in a row that is sent makes another digest") {
    const std::vector<std::vector<Row>> plans{
        {},
        {ada},
        {ada, grace},
        {grace, ada},
        {contact_row(3, 0, "66e9e215ece19801b219997f")},
        {contact_row(1, 1, "66e9e215ece19801b219997f")},
        {contact_row(1, 0, "66e9e215ece19801b219997e")},
        {label_row(1, 0, "VIP")},
        {label_row(1, 0, "VIP ")},
        {label_row(1, 0, "V"), label_row(2, 0, "IP")},
    };
    std::set<std::string> digests;
    for (const auto& rows : plans)
        digests.insert(digest_of(rows));
    CHECK(digests.size() == plans.size());
}

#pragma once

// Generators for properties about ids and targets.

#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <rapidcheck.h>

namespace seqload::test {

inline Id any_id() {
    return Id(*rc::gen::container<std::array<std::uint8_t, Id::size>>(
        rc::gen::arbitrary<std::uint8_t>()));
}

// One of a few, so that two are often the same.
inline Id one_of_few_ids() {
    std::array<std::uint8_t, Id::size> bytes{};
    bytes.back() = *rc::gen::inRange<std::uint8_t>(1, 4);
    return Id(bytes);
}

inline Target one_of_few_targets() {
    Target target;
    target.sequence = one_of_few_ids();
    target.mailboxes = {one_of_few_ids()};
    if (*rc::gen::inRange(0, 4) == 0)
        target.from_address = *rc::gen::element("a@b.c", "d@e.f");
    if (*rc::gen::inRange(0, 4) == 0)
        target.user = one_of_few_ids();
    target.status = *rc::gen::element(InitialStatus::unspecified, InitialStatus::paused);
    if (target.status == InitialStatus::paused && *rc::gen::arbitrary<bool>())
        target.auto_unpause_at = "2030-01-01T00:00Z";
    target.flags[*rc::gen::inRange<std::size_t>(0, 2)] = *rc::gen::arbitrary<bool>();
    return target;
}

}  // namespace seqload::test

#pragma once

// Numbers out of JSON that a file or the state holds. nlohmann's get() takes any
// number and casts it: of -1 it makes a large one, and of 1e300 nothing defined.

#include <concepts>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace seqload::app {

// Throws std::invalid_argument for what is no whole number from 0 to the type's largest.
template <std::unsigned_integral Number>
Number whole_number(const nlohmann::ordered_json& json) {
    if (!json.is_number_unsigned() ||
        json.get<std::uint64_t>() > std::numeric_limits<Number>::max())
        throw std::invalid_argument("a whole number is expected");
    return json.get<Number>();
}

}  // namespace seqload::app

#pragma once

// The catalogue's table (catalogue.hpp), the part that is about rows: statuses and reasons of rows.

#include "seqload/model/catalogue.hpp"

#include <span>

namespace seqload {

// Subject by subject, in the order in which they are worth reading.
std::span<const Explanation> row_explanations();

}  // namespace seqload

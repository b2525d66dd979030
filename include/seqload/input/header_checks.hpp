#pragma once

// Whether headers and options make sense, by themselves and together.

#include "seqload/base/error.hpp"
#include "seqload/input/header.hpp"
#include "seqload/input/read_options.hpp"

#include <span>
#include <string>

namespace seqload::input {

// An unknown delimiter, a column mapped twice, a default for auto_unpause_at
// that is no moment to come. Error: usage.
Result<void> check_options(const ReadOptions& options);

// --map of a name that no file has (unusable_input), or a default for
// auto_unpause_at where no row can start paused (usage).
Result<void> check_options(const ReadOptions& options, std::span<const Header> headers);

// Whether rows under this header can be good: a contact or a label, a sequence
// and a mailbox must come from a column or an option, these two by id or by name. Error:
// unusable_input, with the columns there are and what was probably meant.
Result<void> check_usable(const Header& header, const ReadOptions& options,
                          const std::string& file_name);

}  // namespace seqload::input

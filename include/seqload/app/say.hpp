#pragma once

// The two ways out: results go to standard output, everything else to standard
// error. Texts are printed as they are; what comes from the input or the network
// must have been made printable before.

#include "seqload/base/error.hpp"

#include <string_view>

namespace seqload::app {

// To standard output, flushed. Error: local_fault, if it cannot take it (a full
// disk, a closed pipe).
Result<> print(std::string_view text);

// To standard error, if it can take it; above a live block, and with the words error,
// warning and note painted where colours are wanted.
void say(std::string_view text);

// "seqload: error: where: what (next)", made printable, to standard error.
void complain(const Error& error);

}  // namespace seqload::app

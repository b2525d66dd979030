#pragma once

// The environment as a value, for whoever must know all of it.

#include <map>
#include <string>

namespace seqload::app {

using Variables = std::map<std::string, std::string>;

// This process's environment.
Variables process_variables();

// What a variable says; empty, if it says nothing.
std::string value_of(const Variables& variables, const std::string& name);

}  // namespace seqload::app

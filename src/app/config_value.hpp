#pragma once

// A TOML value as the command line would give it.

#include "seqload/app/program_options.hpp"
#include "toml.hpp"

#include <expected>
#include <string>
#include <vector>

namespace seqload::app {

// What an option takes that was given something else: "a number, not a text", and
// how to write it.
struct WrongType {
    std::string what;
    std::string next;
};

// A flag gives "true" or "false"; an empty text or an empty list nothing. Numbers and
// times stand for texts, as in max-failed = 20; no other type stands for another.
std::expected<std::vector<std::string>, WrongType> config_values(const toml::node& node,
                                                                 const OptionDescription& option);

}  // namespace seqload::app

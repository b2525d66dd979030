#pragma once

// What `seqload config` prints: every option of a command, the value in force, and
// where it comes from.

#include "seqload/app/option_sources.hpp"
#include "seqload/app/program_options.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

// "seqload.toml:3", "environment SEQLOAD_YES", "command line", "default".
std::string source_text(const Setting& setting);

// The value as a person reads it: several one after the other, and no password of a
// URL ("https://…@host").
std::string value_text(const Setting& setting, const OptionDescription& option);

std::string without_password(std::string_view text);

// A table by groups, aligned, within 80 columns where the values let it. in_force:
// all of the command's options in their order (layered_reading.hpp). file: the
// configuration in force; empty: none.
std::string config_text(const CommandDescription& command, const std::string& file,
                        const std::vector<Setting>& in_force);

// The same, and what is known of each option besides, as JSON.
std::string config_json(const CommandDescription& command, const std::string& file,
                        const std::vector<Setting>& in_force, const ProgramDescription& program);

}  // namespace seqload::app

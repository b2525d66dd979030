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

// What `seqload config` has found out.
struct ConfigFindings {
    const CommandDescription& command;
    std::string file;                         // the configuration in force; empty: none
    std::vector<Setting> in_force;            // all of the command's options, in their order
    std::vector<std::string> without_effect;  // SEQLOAD_… variables that are no option's
};

// A table by groups, aligned, within 80 columns where the values let it.
std::string config_text(const ConfigFindings& findings);

// The same, and what is known of each option besides, as JSON.
std::string config_json(const ConfigFindings& findings, const ProgramDescription& program);

}  // namespace seqload::app

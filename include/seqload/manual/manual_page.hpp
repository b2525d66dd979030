#pragma once

// A program's page for man. Pure.

#include "seqload/manual/program_description.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace seqload::manual {

struct ExitCode {
    std::string code;     // "0", "130"
    std::string meaning;  // a sentence
};

// What the options do not tell.
struct ManualNotes {
    std::string summary;  // what the program does, as `apropos` lists it
    std::string version;
    std::vector<ExitCode> exit_codes;
    std::string sections;  // those at the end, as roff reads them
};

std::string manual_page(const ProgramDescription& program, const ManualNotes& notes);

// A section whose text is shown as it stands, line by line.
std::string laid_out_section(std::string_view title, std::string_view text);

// "seqload load FILE… [OPTIONS]".
std::string usage_line(const ProgramDescription& program, const CommandDescription& command);

}  // namespace seqload::manual

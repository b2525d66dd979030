#pragma once

// What a program prints that is told `--generate KIND`: its man page, or what a shell reads
// to complete its command line. Of no use to a person, so no help tells of it. Pure.

#include "seqload/manual/manual_page.hpp"
#include "seqload/manual/program_description.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seqload::manual {

// Of the kind "man", "bash", "zsh" or "fish"; nullopt for any other.
std::optional<std::string> generated_page(std::string_view kind, const ProgramDescription& program,
                                          const ManualNotes& notes);

}  // namespace seqload::manual

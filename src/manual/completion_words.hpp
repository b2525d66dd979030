#pragma once

// What the completions of every shell need. Pure.

#include "seqload/manual/program_description.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace seqload::manual {

// What is to be offered for a value.
enum class Offer { nothing, words, files, directories, runs };

Offer offer_of(const OptionDescription& option);

// nullptr, if there is none.
const OptionDescription* operand_of(const std::vector<OptionDescription>& options);

// Whether some command takes the id of a run.
bool takes_runs(const ProgramDescription& program);

// "apollo_sandbox": as a shell's function may be called.
std::string identifier(std::string_view name);

std::string between(const std::vector<std::string>& words, std::string_view separator);

// With a backslash before each of these characters.
std::string escaped(std::string_view text, std::string_view characters);

// Picks the ids out of what `runs --json` prints, a line each.
inline constexpr std::string_view pick_run_ids =
    R"~(grep -o '"run_id": *"[^"]*"' | cut -d '"' -f 4)~";

}  // namespace seqload::manual

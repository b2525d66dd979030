#pragma once

// seqload(1), for man. Pure.

#include "seqload/app/program_options.hpp"

#include <string>
#include <string_view>

namespace seqload::app {

std::string manual_page(const ProgramDescription& program, std::string_view version);

}  // namespace seqload::app

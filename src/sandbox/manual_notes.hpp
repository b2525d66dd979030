#pragma once

// What --help and apollo-sandbox(1) say besides the options. Pure.

#include "seqload/manual/manual_page.hpp"

#include <string>

namespace seqload::sandbox {

// After the options in --help.
std::string help_footer();

manual::ManualNotes manual_notes();

}  // namespace seqload::sandbox

#pragma once

// What seqload(1) says besides the options. Pure.

#include "seqload/manual/manual_page.hpp"

namespace seqload::app {

manual::ManualNotes manual_notes();

}  // namespace seqload::app

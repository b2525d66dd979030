#pragma once

// The places that a run writes to, tried before anything is sent: a full disk
// found out in the middle costs more than one found out now.

#include "seqload/base/error.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstdint>
#include <filesystem>
#include <span>

namespace seqload::app {

// Makes the directory for the reports, and sees that a file can be written in it
// and that there is room for the reports and, where the state lies, for the run.
// Error: local_fault, naming the place and what is missing.
Result<> prepare_places(const std::filesystem::path& reports, const std::filesystem::path& state,
                        std::span<const state::InputFile> inputs);

// What a run over so many bytes of input may take on disk at the most, roughly:
// in the reports, and in the state. Pure.
struct RoomNeeded {
    std::uint64_t reports = 0;
    std::uint64_t state = 0;
};
RoomNeeded room_needed(std::uint64_t input_bytes);

}  // namespace seqload::app

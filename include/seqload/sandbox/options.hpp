#pragma once

// The command line of apollo-sandbox.

#include "seqload/base/error.hpp"
#include "seqload/manual/program_description.hpp"
#include "seqload/model/quota_limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace seqload::sandbox {

struct Options {
    std::uint16_t port = 8443;                // 0: a free one
    std::optional<std::uint16_t> plain_port;  // plain HTTP besides
    std::string host;                         // empty: 127.0.0.1, and ::1 where there is one
    std::string data;                         // world file; empty: the built-in world
    std::string certificate_directory;        // empty: a temporary one
    std::string faults;                       // fault file; empty: none
    std::string other_use;                    // file of what other tools do; empty: nothing
    QuotaLimits limits = basic_plan;
    double time_scale = 1.0;
    std::uint64_t seed = 1;
};

// "200/400/2000" (minute, hour, day; 0: unlimited), or "unlimited". nullopt for anything else.
std::optional<QuotaLimits> parse_limits(std::string_view text);

// The options, or the exit code where there is nothing to run: 0 after --help and --version, 2
// after a message on standard error.
std::variant<Options, int> parse_options(int argument_count, const char* const* arguments);

// The options as plain values.
manual::ProgramDescription program_description();

}  // namespace seqload::sandbox

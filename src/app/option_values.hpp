#pragma once

// What the options were given, as texts, and what these mean once all of them are
// read. Values that make no sense throw a Refusal.

#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"

#include <array>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::app {

// The texts as they were given; what they mean is found out once all are read.
struct Given {
    std::string config;
    bool no_color = false;
    std::string log_format = "text", log_level = "info";
    std::string delimiter;
    std::vector<std::string> map;
    std::string sequence, mailboxes, from_address, user, status, auto_unpause_at;
    std::string sequence_called, mailboxes_called, user_called;
    std::array<bool, flag_count> flags{};
    std::string form = "query";
    PaceOptions pace;
    std::string timeout, give_up_after, deadline, max_wait, reserve;
    std::string max_failed, max_skipped, check_age;
};

// A value that makes no sense, and the option that it was given to: whoever reads
// the options knows where it came from.
class Refusal : public CLI::ValidationError {
public:
    Refusal(std::string option, const std::string& reason);

    const std::string& option() const { return option_; }  // "--timeout"

private:
    std::string option_;
};

// "'VALUE' is not EXPECTED".
[[noreturn]] void refuse(const std::string& option, const std::string& value,
                         const std::string& expected);

// 0 is one, too.
Duration age_of(const std::string& text);
Duration duration_of(const char* option, const std::string& text);
Duration time_until(const std::string& text, WallTime now);
dispatch::Brake::Limits brake_of(const Given& given);
void finish_plan_options(const Given& given, WallTime now, PlanOptions& options);
PaceOptions pace_of(const Given& given);

}  // namespace seqload::app

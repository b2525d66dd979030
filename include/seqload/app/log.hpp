#pragma once

// What this process tells of itself, of which there is one: each line as text or as JSON,
// to standard error, if it is grave enough. Of the thread that runs the loop.

#include "seqload/app/log_line.hpp"
#include "seqload/app/log_manners.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace seqload::app {

class Log {
public:
    // The one of this process. It begins without manners: text.
    static Log& of_process();

    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void behave(const LogManners& manners);
    const LogManners& manners() const { return manners_; }

    // What follows is about that run, if it does not name another.
    void about_run(std::string run_id) { run_id_ = std::move(run_id); }

    // With the time before it.
    void tell(LogLine line);

    // The text as it is, for which these lines stand in JSON; as grave as the gravest.
    void say(std::span<const LogLine> lines, std::string_view text);

    // The same, however grave it is: somebody waits for it.
    void say_in_any_case(std::span<const LogLine> lines, std::string_view text);

private:
    Log() = default;

    std::string in_json(LogLine line) const;
    void write_json(LogLine line);

    LogManners manners_;
    std::string run_id_;
};

}  // namespace seqload::app

#pragma once

// Where log lines go: to standard error, above a block that may be drawn there.

#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>

namespace seqload::app {

// Of the thread that runs the loop, as standard_error.hpp is. The level's word is
// painted where the pattern marks it (%^…%$).
class LogSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}
};

}  // namespace seqload::app

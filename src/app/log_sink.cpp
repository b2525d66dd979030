#include "seqload/app/log_sink.hpp"

#include "seqload/app/colours.hpp"
#include "seqload/app/standard_error.hpp"
#include "seqload/base/joined.hpp"

#include <string_view>

namespace seqload::app {

void LogSink::sink_it_(const spdlog::details::log_msg& message) {
    spdlog::memory_buf_t buffer;
    formatter_->format(message, buffer);
    const std::string_view line(buffer.data(), buffer.size());
    StandardError& standard_error = StandardError::of_process();
    const std::size_t begin = message.color_range_start;
    const std::size_t end = message.color_range_end;
    if (!standard_error.manners().colours || end <= begin || end > line.size()) {
        standard_error.say(line);
        return;
    }
    const std::string_view word = line.substr(begin, end - begin);
    standard_error.say(
        joined(line.substr(0, begin), painted(word, colour_of_word(word)), line.substr(end)));
}

}  // namespace seqload::app

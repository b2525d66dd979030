#pragma once

// The two ways out: results go to standard output, everything else to standard
// error. Texts are printed as they are; what comes from the input or the network
// must have been made printable before. With --log-format json a line of JSON stands for
// each of these texts (log.hpp).

#include "seqload/app/log_line.hpp"
#include "seqload/base/error.hpp"

#include <span>
#include <string_view>

namespace seqload::app {

// To standard output, flushed. Error: local_fault, if it cannot take it (a full
// disk, a closed pipe).
Result<> print(std::string_view text);

// To standard error, if it can take it; above a live block, and with the words error,
// warning and note painted where colours are wanted. In JSON it is one message, with
// its line feeds.
void say(std::string_view text);

// The same for a text of which each line is worth one of its own in JSON.
void say(std::span<const LogLine> lines, std::string_view text);

// A question, which is asked whatever goes unsaid otherwise.
void say_question(std::string_view text);

// "seqload: message", and "seqload: note: message", "seqload: warning: message".
void remark(LogLevel level, std::string_view message);
void note(std::string_view message);
void warn(std::string_view message);

// "seqload: error: where: what (next)", made printable, to standard error. request_id: of the
// answer that it is about, if it is about one.
void complain(const Error& error, std::string_view request_id = {});

}  // namespace seqload::app

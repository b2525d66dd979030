#include "seqload/apollo/add_answer.hpp"

#include "add_answer_events.hpp"
#include "seqload/apollo/message.hpp"

namespace seqload::apollo {

namespace {

// What to quote of a body that is no answer. A broken answer is not quoted: it
// is full of people's names and addresses.
std::string quoted(std::string_view body) {
    const auto start = body.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || body[start] == '{' || body[start] == '[')
        return {};
    return ": " + message_in(body);
}

}  // namespace

std::expected<AddAnswer, std::string> read_add_answer(std::string_view body, const Id& sequence) {
    if (body.empty())
        return std::unexpected<std::string>("an empty body instead of JSON");

    AddAnswerEvents events(sequence);
    if (const auto trouble = events.read(body))
        return std::unexpected(one_line(*trouble + quoted(body)));
    if (!events.recognised())
        return std::unexpected(one_line("JSON without contacts: " + message_in(body)));
    return events.take();
}

}  // namespace seqload::apollo

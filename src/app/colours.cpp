#include "seqload/app/colours.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

namespace seqload::app {

namespace {

std::string_view code_of(Colour colour) {
    switch (colour) {
        case Colour::green:
            return "\x1b[32m";
        case Colour::yellow:
            return "\x1b[33m";
        case Colour::red:
            return "\x1b[31m";
        case Colour::cyan:
            return "\x1b[36m";
        case Colour::none:
            break;
    }
    return "";
}

std::string with_painted_word(std::string_view line) {
    constexpr std::string_view start = "seqload: ";
    const std::size_t end = line.find(": ", start.size());
    if (!line.starts_with(start) || end == std::string_view::npos)
        return std::string(line);
    const std::string_view word = line.substr(start.size(), end - start.size());
    return joined(start, painted(word, colour_of_word(word)), line.substr(end));
}

}  // namespace

std::string painted(std::string_view text, Colour colour) {
    if (colour == Colour::none || text.empty())
        return std::string(text);
    return joined(code_of(colour), text, "\x1b[0m");
}

Colour colour_of_word(std::string_view word) {
    if (word == "error")
        return Colour::red;
    if (word == "warning")
        return Colour::yellow;
    return word == "note" || word == "info" ? Colour::cyan : Colour::none;
}

std::string with_painted_words(std::string_view lines) {
    std::string text;
    for (const std::string_view line : split(lines, '\n'))
        text += joined(text.empty() && line.data() == lines.data() ? "" : "\n",
                       with_painted_word(line));
    return text;
}

}  // namespace seqload::app

#include "seqload/app/question.hpp"

#include "seqload/app/interruption.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace seqload::app {

namespace {

// What was typed, perhaps nothing; nullopt: a signal came first.
std::optional<std::string> read_line_of_terminal() {
    const int terminal = ::open("/dev/tty", O_RDONLY | O_CLOEXEC);
    if (terminal < 0)
        return "";
    std::string line;
    bool interrupted = false;
    for (bool at_end = false; !at_end && !line.ends_with('\n');) {
        interrupted = !Interruption::wait_readable(terminal);
        if (interrupted)
            break;
        std::array<char, 256> typed{};
        const ssize_t count = ::read(terminal, typed.data(), typed.size());
        at_end = count == 0 || (count < 0 && errno != EINTR);
        if (count > 0)
            line.append(typed.data(), static_cast<std::size_t>(count));
    }
    ::close(terminal);
    if (line.ends_with('\n'))
        line.pop_back();
    return interrupted ? std::nullopt : std::optional(line);
}

}  // namespace

bool is_yes(std::string_view typed) {
    while (typed.ends_with('\n') || typed.ends_with('\r'))
        typed.remove_suffix(1);
    const std::string reply = lowered(trimmed(typed));
    return reply == "y" || reply == "yes";
}

bool somebody_to_ask() {
    return isatty(STDERR_FILENO) == 1 && std::ifstream("/dev/tty").good();
}

Reply ask(std::string_view question) {
    if (!somebody_to_ask())
        return Reply::nobody_to_ask;
    say_question(joined(question, " [y/N] "));
    const auto answer = read_line_of_terminal();
    if (!answer)
        return Reply::interrupted;
    return is_yes(*answer) ? Reply::yes : Reply::no;
}

}  // namespace seqload::app

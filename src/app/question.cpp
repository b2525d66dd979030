#include "seqload/app/question.hpp"

#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <fstream>
#include <string>

#include <unistd.h>

namespace seqload::app {

bool somebody_to_ask() {
    return isatty(STDERR_FILENO) == 1 && std::ifstream("/dev/tty").good();
}

Reply ask(std::string_view question) {
    if (!somebody_to_ask())
        return Reply::nobody_to_ask;
    std::ifstream terminal("/dev/tty");
    say(joined(question, " [y/N] "));
    std::string answer;
    if (!std::getline(terminal, answer))
        return Reply::no;
    const std::string reply = lowered(trimmed(answer));
    return reply == "y" || reply == "yes" ? Reply::yes : Reply::no;
}

}  // namespace seqload::app

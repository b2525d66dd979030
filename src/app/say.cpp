#include "seqload/app/say.hpp"

#include "seqload/app/colours.hpp"
#include "seqload/app/standard_error.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <cerrno>
#include <cstdio>

namespace seqload::app {

Result<> print(std::string_view text) {
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
        std::fflush(stdout) != 0) {
        return fail(ErrorKind::local_fault, "cannot be written: " + system_message(errno),
                    "standard output", "the report files are complete all the same");
    }
    return {};
}

void say(std::string_view text) {
    StandardError& standard_error = StandardError::of_process();
    if (standard_error.manners().colours)
        standard_error.say(with_painted_words(text));
    else
        standard_error.say(text);
}

void complain(const Error& error) {
    say(joined("seqload: error: ", printable(to_string(error)), "\n"));
}

}  // namespace seqload::app

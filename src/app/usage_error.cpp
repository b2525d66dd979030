#include "usage_error.hpp"

#include "seqload/app/exit_code.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <sstream>
#include <utility>

namespace seqload::app {

void parse(CLI::App& program, const std::vector<std::string>& arguments) {
    program.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
}

Printout printout_of(const CLI::App& program, const CLI::Error& error) {
    std::ostringstream out;
    std::ostringstream problems;
    const int code = program.exit(error, out, problems);
    if (code == 0)
        return {out.str(), 0};
    return {joined("seqload: error: ", printable(error.what()), "\n",
                   "Try `seqload --help` or `seqload COMMAND --help`.\n"),
            exit_code::usage};
}

Printout printout_of(const std::vector<Error>& errors) {
    std::string text;
    for (const Error& error : errors)
        text += joined("seqload: error: ", printable(to_string(error)), "\n");
    return {std::move(text), exit_code::usage};
}

}  // namespace seqload::app

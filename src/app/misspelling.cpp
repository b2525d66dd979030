#include "misspelling.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/nearest.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace seqload::app {

namespace {

std::vector<std::string> options_of(const CommandDescription& command) {
    std::vector<std::string> names;
    for (const auto& option : command.options) {
        if (!option.is_operand)
            names.push_back(option.name);
    }
    return names;
}

// "undo", "load, resume and undo".
std::string owners_of(const std::string& option, const ProgramDescription& program) {
    std::vector<std::string_view> owners;
    for (const auto& command : program.commands) {
        if (command.find(option) != nullptr)
            owners.push_back(command.name);
    }
    std::string text;
    for (std::size_t i = 0; i < owners.size(); ++i)
        text += joined(i == 0 ? "" : i + 1 == owners.size() ? " and " : ", ", owners[i]);
    return joined(text, owners.size() == 1 ? " has it" : " have it");
}

std::string hint_for(const std::string& name, const CommandDescription& command,
                     const ProgramDescription& program) {
    std::vector<std::string> elsewhere;
    for (const auto& other : program.commands) {
        const auto options = options_of(other);
        elsewhere.insert(elsewhere.end(), options.begin(), options.end());
    }
    if (std::ranges::find(elsewhere, name) != elsewhere.end())
        return owners_of(name, program);
    if (const auto meant = nearest(name, options_of(command)))
        return joined("did you mean --", *meant, "?");
    if (const auto meant = nearest(name, elsewhere))
        return joined("did you mean --", *meant, "? ", owners_of(*meant, program));
    return "";
}

// As somebody names a list of contacts.
bool looks_like_input(std::string_view word) {
    return word.ends_with(".csv") || word.ends_with(".gz") || word.ends_with(".zst");
}

}  // namespace

Error not_taken(const std::string& word, const CommandDescription& command,
                const ProgramDescription& program) {
    if (!word.starts_with('-') || word == "-")
        return {ErrorKind::usage, joined(command.name, " does not take this as well"), word, ""};
    const std::string option = word.substr(0, word.find('='));
    const std::string name = option.substr(std::min(option.find_first_not_of('-'), option.size()));
    return {ErrorKind::usage, joined(command.name, " has no such option"), option,
            hint_for(name, command, program)};
}

Error no_command(const std::string& word, const ProgramDescription& program) {
    if (word.empty())
        return {ErrorKind::usage, "no command is given", "", "such as load, plan or check"};
    std::vector<std::string> names;
    names.reserve(program.commands.size());
    for (const auto& command : program.commands)
        names.push_back(command.name);
    Error error{ErrorKind::usage, "there is no such command", word, ""};
    if (word.starts_with('-'))
        error.what = "no command is given";
    else if (const auto meant = nearest(word, names))
        error.next = joined("did you mean ", *meant, "?");
    else if (looks_like_input(word))
        error.next = joined("did you mean `seqload load ", word, "`?");
    return error;
}

}  // namespace seqload::app

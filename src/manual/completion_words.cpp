#include "completion_words.hpp"

#include "seqload/base/joined.hpp"

#include <algorithm>

namespace seqload::manual {

Offer offer_of(const OptionDescription& option) {
    if (!option.choices.empty())
        return Offer::words;
    const std::string& value = option.is_operand ? option.name : option.value;
    if (value == "FILE")
        return Offer::files;
    if (value == "DIR")
        return Offer::directories;
    return value == "RUN" ? Offer::runs : Offer::nothing;
}

const OptionDescription* operand_of(const std::vector<OptionDescription>& options) {
    const auto found = std::ranges::find_if(options, &OptionDescription::is_operand);
    return found == options.end() ? nullptr : &*found;
}

bool takes_runs(const ProgramDescription& program) {
    return std::ranges::any_of(program.commands, [](const CommandDescription& command) {
        return std::ranges::any_of(command.options, [](const OptionDescription& option) {
            return offer_of(option) == Offer::runs;
        });
    });
}

std::string identifier(std::string_view name) {
    std::string result(name);
    std::ranges::replace(result, '-', '_');
    return result;
}

std::string between(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words)
        text += joined(text.empty() ? "" : separator, word);
    return text;
}

std::string escaped(std::string_view text, std::string_view characters) {
    std::string result;
    for (const char letter : text) {
        if (characters.find(letter) != std::string_view::npos)
            result += '\\';
        result += letter;
    }
    return result;
}

}  // namespace seqload::manual

#include "seqload/app/program_options.hpp"

#include "commands.hpp"
#include "seqload/manual/described.hpp"
#include "seqload/model/catalogue.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

// More than one word goes by several meanings.
std::vector<std::string> explained_words() {
    std::vector<std::string> words;
    for (const Explanation* explanation : all_explanations()) {
        std::string word(explanation->word);
        if (std::ranges::find(words, word) == words.end())
            words.push_back(std::move(word));
    }
    return words;
}

ProgramDescription described_program() {
    Commands commands;
    const CLI::App& program = commands.program();
    ProgramDescription description{
        "seqload", program.get_description(), program.get_footer(), {}, {}};
    for (const CLI::App* command : program.get_subcommands({})) {
        description.commands.push_back({command->get_name(), command->get_description(),
                                        command->get_footer(),
                                        manual::described_options(*command)});
        for (auto& option : description.commands.back().options) {
            if (option.is_operand && option.name == "REASON")
                option.choices = explained_words();
        }
    }
    return description;
}

}  // namespace

const ProgramDescription& program_description() {
    static const ProgramDescription description = described_program();
    return description;
}

std::string variable_of(std::string_view option) {
    std::string variable = "SEQLOAD_";
    for (const char letter : option) {
        if (letter == '-')
            variable += '_';
        else if (letter >= 'a' && letter <= 'z')
            variable += static_cast<char>(letter - 'a' + 'A');
        else
            variable += letter;
    }
    return variable;
}

}  // namespace seqload::app

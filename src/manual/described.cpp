#include "seqload/manual/described.hpp"

#include "seqload/manual/option_kinds.hpp"

namespace seqload::manual {

namespace {

OptionKind kind_of(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0)
        return OptionKind::flag;
    if (option.get_items_expected_max() > 1)
        return OptionKind::list;
    return takes_numbers(option) ? OptionKind::number : OptionKind::text;
}

// What is asked for with it ends the program.
bool asks_about_the_program(const CLI::Option& option) {
    const auto& names = option.get_lnames();
    return !names.empty() && (names.front().starts_with("help") || names.front() == "version");
}

}  // namespace

OptionDescription described(const CLI::Option& option) {
    OptionDescription description;
    description.is_operand = option.get_positional();
    description.name = description.is_operand ? option.get_name(true) : option.get_lnames().front();
    if (!option.get_snames().empty())
        description.letter = option.get_snames().front();
    description.kind = kind_of(option);
    description.is_required = option.get_required();
    description.choices = words_of(option);
    description.help = option.get_description();
    description.group = option.get_group();
    if (description.kind == OptionKind::flag) {
        description.default_value = "false";
        return description;
    }
    description.value = option.get_type_name();
    const std::string otherwise = option.get_default_str();
    description.is_on_record = otherwise == as_the_run_has_it;
    if (otherwise.starts_with('(') && otherwise.ends_with(')'))
        description.default_in_words = otherwise.substr(1, otherwise.size() - 2);
    else
        description.default_value = otherwise;
    return description;
}

std::vector<OptionDescription> described_options(const CLI::App& command) {
    std::vector<OptionDescription> descriptions;
    for (const CLI::Option* option : command.get_options()) {
        if (!asks_about_the_program(*option))
            descriptions.push_back(described(*option));
    }
    return descriptions;
}

}  // namespace seqload::manual

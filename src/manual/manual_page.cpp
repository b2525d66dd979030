#include "seqload/manual/manual_page.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <cctype>
#include <cstddef>

namespace seqload::manual {

namespace {

// Longer lines are poor style in the source of a page.
constexpr std::size_t source_width = 70;

// As roff reads it: no character of it is a command.
std::string plain(std::string_view text) {
    std::string result;
    bool at_start = true;
    for (const char letter : text) {
        if (at_start && (letter == '.' || letter == '\''))
            result += "\\&";
        if (letter == '\\')
            result += "\\e";
        else if (letter == '-')
            result += "\\-";
        else
            result += letter;
        at_start = letter == '\n';
    }
    return result;
}

// The same, with its line breaks anywhere: man sets them anew.
std::string flowing(std::string_view text) {
    std::string lines;
    std::size_t width = 0;
    for (const std::string_view word : split(text, ' ')) {
        const bool begins = lines.empty() || width + word.size() > source_width;
        if (!lines.empty())
            lines += begins ? '\n' : ' ';
        width = begins ? word.size() : width + 1 + word.size();
        lines += word;
    }
    return plain(lines);
}

std::string item(const std::string& term, const std::string& text) {
    return joined(".TP\n", term, "\n", text, "\n");
}

std::string option_item(const OptionDescription& option) {
    std::string term = "\\fB";
    if (!option.letter.empty())
        term += joined("\\-", option.letter, "\\fR, \\fB");
    term += joined(option.is_operand ? "" : "\\-\\-", plain(option.name), "\\fR");
    if (!option.value.empty() && !option.is_operand)
        term += joined(" \\fI", plain(option.value), "\\fR");
    std::string text = option.help;
    const std::string& otherwise =
        option.default_value.empty() ? option.default_in_words : option.default_value;
    if (option.kind != OptionKind::flag && !otherwise.empty())
        text += joined(" (default: ", otherwise, ")");
    return item(term, flowing(text));
}

std::string option_items(const std::vector<OptionDescription>& options) {
    std::string text;
    for (const auto& option : options)
        text += option_item(option);
    return text;
}

std::string laid_out(std::string_view text) {
    return text.empty() ? "" : joined(".PP\n.nf\n", plain(text), "\n.fi\n");
}

std::string command_section(const ProgramDescription& program, const CommandDescription& command) {
    return joined(".SS ", plain(usage_line(program, command)), "\n", flowing(command.about), ".\n",
                  option_items(command.options), laid_out(command.footer));
}

std::string in_capitals(std::string_view text) {
    std::string result;
    for (const char letter : text)
        result += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return result;
}

std::string heading(const ProgramDescription& program, const ManualNotes& notes) {
    const std::string name = plain(program.name);
    return joined(".TH ", in_capitals(name), " 1 \"\" \"seqload ", notes.version,
                  "\" \"User Commands\"\n.nh\n.ad l\n.SH NAME\n", name, " \\- ",
                  plain(notes.summary), "\n.SH SYNOPSIS\n\\fB", name, "\\fR ",
                  program.commands.empty() ? "" : "\\fICOMMAND\\fR ", "[\\fIOPTIONS\\fR]\n");
}

}  // namespace

std::string manual_page(const ProgramDescription& program, const ManualNotes& notes) {
    std::string text = joined(heading(program, notes), ".SH DESCRIPTION\n", flowing(program.about),
                              "\n", laid_out(program.footer));
    if (!program.options.empty())
        text += joined(".SH OPTIONS\n", option_items(program.options));
    if (!program.commands.empty())
        text += ".SH COMMANDS\n";
    for (const auto& command : program.commands)
        text += command_section(program, command);
    text += ".SH EXIT STATUS\n";
    for (const ExitCode& exit : notes.exit_codes)
        text += item(joined("\\fB", exit.code, "\\fR"), flowing(exit.meaning));
    return text + notes.sections;
}

std::string laid_out_section(std::string_view title, std::string_view text) {
    return joined(".SH ", title, "\n.nf\n", plain(text), "\n.fi\n");
}

std::string usage_line(const ProgramDescription& program, const CommandDescription& command) {
    std::string line = joined(program.name, " ", command.name);
    for (const auto& option : command.options) {
        if (!option.is_operand)
            continue;
        const std::string name = joined(option.name, option.kind == OptionKind::list ? "…" : "");
        line += option.is_required ? joined(" ", name) : joined(" [", name, "]");
    }
    return line + " [OPTIONS]";
}

}  // namespace seqload::manual

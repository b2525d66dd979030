#include "seqload/app/manual_page.hpp"

#include "seqload/app/help_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/catalogue.hpp"

namespace seqload::app {

namespace {

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
    std::string text = plain(option.help);
    const std::string& otherwise =
        option.default_value.empty() ? option.default_in_words : option.default_value;
    if (option.kind != OptionKind::flag && !otherwise.empty())
        text += joined(" (default: ", plain(otherwise), ")");
    return item(term, text);
}

std::string command_section(const CommandDescription& command) {
    std::string text =
        joined(".SS ", plain(usage_line(command)), "\n", plain(command.about), ".\n");
    for (const auto& option : command.options)
        text += option_item(option);
    if (!command.footer.empty())
        text += joined(".PP\n.nf\n", plain(command.footer), "\n.fi\n");
    return text;
}

std::string exit_status() {
    std::string text;
    for (const Explanation* explanation : all_explanations()) {
        if (explanation->subject == Subject::exit_code) {
            text += item(joined("\\fB", explanation->word, "\\fR"),
                         joined(plain(explanation->meaning), "."));
        }
    }
    return text;
}

constexpr std::string_view environment = R"(.SH ENVIRONMENT
.TP
\fBAPOLLO_API_KEY\fR
The master key. It is never taken from the command line, and never written anywhere.
.TP
\fBAPOLLO_ACCESS_TOKEN\fR
A bearer token in its place.
.TP
\fBSEQLOAD_\fR\fIOPTION\fR
Each long option, in capitals and with underscores: \fBSEQLOAD_BATCH_SIZE=50\fR. The command
line is stronger, the configuration file weaker.
.TP
\fBHTTPS_PROXY\fR, \fBNO_PROXY\fR
The proxy to connect through, and the hosts that need none.
.SH FILES
.TP
\fI./seqload.toml\fR, \fI~/.config/seqload/config.toml\fR
The configuration; the first of them that there is. \fBseqload config\fR shows what is in force.
.TP
\fI~/.local/state/seqload/state.db\fR
The state: runs, what became of each row, the quota's windows.
.TP
\fIseqload\-out/RUN/\fR
The reports of a run: \fIreport.csv\fR, \fIattention.csv\fR, \fIsummary.json\fR, \fIreport.html\fR.
)";

}  // namespace

std::string manual_page(const ProgramDescription& program, std::string_view version) {
    std::string text = joined(
        ".TH SEQLOAD 1 \"\" \"seqload ", version, "\" \"User Commands\"\n.nh\n.ad l\n",
        ".SH NAME\nseqload \\- add contacts to Apollo sequences in bulk, "
        "from CSV\n.SH SYNOPSIS\n\\fBseqload\\fR \\fICOMMAND\\fR "
        "[\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n",
        plain(program.about), "\n.PP\n.nf\n", plain(program.footer), "\n.fi\n.SH COMMANDS\n");
    for (const auto& command : program.commands)
        text += command_section(command);
    return joined(text, ".SH EXIT STATUS\n", exit_status(), environment);
}

}  // namespace seqload::app

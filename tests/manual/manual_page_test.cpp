#include "seqload/manual/manual_page.hpp"

#include <string>

#include <doctest/doctest.h>

namespace seqload::manual {

namespace {

OptionDescription option(const std::string& name, const std::string& value,
                         const std::string& help) {
    OptionDescription description;
    description.name = name;
    description.value = value;
    description.help = help;
    return description;
}

bool has(const std::string& page, const std::string& lines) {
    return page.find(lines) != std::string::npos;
}

}  // namespace

TEST_CASE("a page has the options of a program, of its commands, and the exit codes") {
    ProgramDescription program{"mill", "Grinds.", "", {option("fine-ness", "N", "How fine")}, {}};
    program.options.front().default_value = "3";
    program.commands.push_back({"stop", "Stop it", "Example:\n  mill stop", {}});
    const std::string page =
        manual_page(program, {"grind", "1.2", {{"0", "Ground."}}, ".SH SEE ALSO\nwater\n"});
    CHECK(has(page, ".TH MILL 1 \"\" \"seqload 1.2\""));
    CHECK(has(page, "mill \\- grind\n"));
    CHECK(has(page, "\\fB\\-\\-fine\\-ness\\fR \\fIN\\fR\nHow fine (default: 3)\n"));
    CHECK(has(page, ".SS mill stop [OPTIONS]\nStop it.\n"));
    CHECK(has(page, "\\fB0\\fR\nGround.\n.SH SEE ALSO\nwater\n"));
}

TEST_CASE("no text is a command of roff, wherever its lines are broken") {
    const std::string dots(60, '.');
    const ProgramDescription program{
        "mill", "Grinds.", "", {option("a", "", dots + " .SH FALSE 'quoted back\\slash")}, {}};
    const std::string page = manual_page(program, {"grind", "1", {}, ""});
    CHECK_FALSE(has(page, "\n.SH FALSE"));
    CHECK_FALSE(has(page, "\n...."));
    CHECK(has(page, "back\\eslash"));
    CHECK(has(laid_out_section("FAULTS", ".one\n'two\nthree"),
              ".SH FAULTS\n.nf\n\\&.one\n\\&'two\nthree\n.fi\n"));
}

TEST_CASE("a usage line says which operands there must be and which may be several") {
    const ProgramDescription program{"mill", "", "", {}, {}};
    OptionDescription corn = option("CORN", "", "");
    corn.is_operand = corn.is_required = true;
    corn.kind = OptionKind::list;
    OptionDescription sack = option("SACK", "", "");
    sack.is_operand = true;
    CHECK(usage_line(program, {"grind", "", "", {corn, sack}}) ==
          "mill grind CORN… [SACK] [OPTIONS]");
}

}  // namespace seqload::manual

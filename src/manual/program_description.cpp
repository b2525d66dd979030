#include "seqload/manual/program_description.hpp"

#include <algorithm>

namespace seqload::manual {

std::string_view name(OptionKind kind) {
    switch (kind) {
        case OptionKind::flag:
            return "flag";
        case OptionKind::number:
            return "number";
        case OptionKind::text:
            return "text";
        case OptionKind::list:
            return "list";
    }
    return "";
}

const OptionDescription* CommandDescription::find(std::string_view option) const {
    const auto found = std::ranges::find(options, option, &OptionDescription::name);
    return found == options.end() ? nullptr : &*found;
}

bool CommandDescription::is_configurable() const {
    // `config` only hands it on.
    return find("config") != nullptr && name != "config";
}

const CommandDescription* ProgramDescription::find(std::string_view command) const {
    const auto found = std::ranges::find(commands, command, &CommandDescription::name);
    return found == commands.end() ? nullptr : &*found;
}

}  // namespace seqload::manual

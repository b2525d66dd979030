#include "seqload/app/config_file.hpp"

#include "config_value.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/nearest.hpp"
#include "seqload/base/text.hpp"
#include "toml.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace seqload::app {

namespace {

std::string option_named(std::string_view key) {
    std::string option(key);
    std::ranges::replace(option, '_', '-');
    return option;
}

bool looks_like_the_key(const std::string& option) {
    constexpr std::array<std::string_view, 8> names{
        "api-key", "apollo-api-key", "key",   "access-token", "apollo-access-token",
        "token",   "password",       "secret"};
    return std::ranges::find(names, lowered(option)) != names.end();
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string> candidates,
                         std::string otherwise) {
    const auto meant = nearest(wanted, candidates);
    return meant ? joined("did you mean ", *meant, "?") : std::move(otherwise);
}

// "Error while parsing string: encountered end-of-file", from "string" on.
std::string toml_error(const toml::parse_error& error) {
    constexpr std::string_view start = "Error while parsing ";
    std::string_view text = error.description();
    if (text.starts_with(start))
        text.remove_prefix(start.size());
    return printable(text);
}

class Reader {
public:
    Reader(std::string name, const ProgramDescription& program) : program_(program) {
        file_.name = std::move(name);
    }

    std::expected<ConfigFile, ConfigProblems> read(const toml::table& root) {
        for (const auto& [key, node] : root) {
            if (const auto* const table = node.as_table())
                read_table(key, *table);
            else
                read_key(key, node, nullptr);
        }
        // toml++ keeps tables sorted by name; people think of a file by lines.
        std::ranges::stable_sort(problems_, {}, &Problem::line);
        if (!problems_.empty())
            return std::unexpected(errors());
        std::ranges::stable_sort(file_.entries, {}, &ConfigEntry::line);
        return std::move(file_);
    }

private:
    struct Problem {
        std::size_t line;
        Error error;
    };

    static std::size_t line_of(const toml::key& key) { return key.source().begin.line; }

    void refuse(std::size_t line, std::string what, std::string next) {
        problems_.push_back(
            {line, Error{ErrorKind::usage, std::move(what),
                         joined(file_.name, ":", std::to_string(line)), std::move(next)}});
    }

    void read_table(const toml::key& key, const toml::table& table) {
        const CommandDescription* const command = program_.find(key.str());
        if (command != nullptr && command->is_configurable()) {
            for (const auto& [inner, node] : table)
                read_key(inner, node, command);
            return;
        }
        if (command != nullptr) {
            refuse(line_of(key), joined(key.str(), " does not read the configuration"),
                   "leave that table out");
            return;
        }
        std::vector<std::string> commands;
        for (const auto& known : program_.commands) {
            if (known.is_configurable())
                commands.push_back(joined("[", known.name, "]"));
        }
        const std::string shown = joined("[", printable(key.str()), "]");
        refuse(line_of(key), joined("there is no command for the table ", shown),
               did_you_mean(shown, commands, "tables are named like commands, as [load]"));
    }

    void read_key(const toml::key& key, const toml::node& node, const CommandDescription* command) {
        const std::string option = option_named(key.str());
        const OptionDescription* const known = described(option, command);
        if (known == nullptr) {
            refuse_unknown(key, option, command);
            return;
        }
        if (option == "config") {
            refuse(line_of(key), "a configuration file cannot name another", "leave it out");
            return;
        }
        const std::string table = command == nullptr ? "" : command->name;
        const auto earlier = std::ranges::find_if(file_.entries, [&](const ConfigEntry& entry) {
            return entry.command == table && entry.option == option;
        });
        if (earlier != file_.entries.end()) {
            const auto [first, second] = std::minmax({earlier->line, line_of(key)});
            refuse(second, joined(option, " stands there already, in line ", std::to_string(first)),
                   "- and _ are the same in a key; keep one of the two");
            return;
        }
        auto values = config_values(node, *known);
        if (!values) {
            refuse(line_of(key), joined(option, " takes ", values.error().what),
                   values.error().next);
            return;
        }
        file_.entries.push_back({table, option, std::move(*values), line_of(key)});
    }

    // By the command's own options, or by those of the first command that has it.
    const OptionDescription* described(const std::string& option,
                                       const CommandDescription* command) const {
        for (const auto& known : program_.commands) {
            if (!known.is_configurable() || (command != nullptr && &known != command))
                continue;
            const OptionDescription* const found = known.find(option);
            if (found != nullptr && !found->is_operand)
                return found;
        }
        return nullptr;
    }

    void refuse_unknown(const toml::key& key, const std::string& option,
                        const CommandDescription* command) {
        const std::size_t line = line_of(key);
        if (looks_like_the_key(option)) {
            refuse(line, joined(option, " is a secret, which does not belong into this file"),
                   "name a file of its own with api-key-file, or set APOLLO_API_KEY");
            return;
        }
        if (command == nullptr && program_.find(option) != nullptr) {
            refuse(line, joined(option, " is a command and no option"),
                   joined("options of it alone stand under [", option,
                          "], once and in single brackets"));
            return;
        }
        if (command != nullptr && described(option, nullptr) != nullptr) {
            refuse(line, joined(command->name, " has no option ", option),
                   joined("these have it: ", commands_with(option)));
            return;
        }
        const std::string owner = command == nullptr ? "seqload" : command->name;
        refuse(line, joined(owner, " has no option '", printable(key.str()), "'"),
               did_you_mean(option, options_of(command),
                            joined("`seqload config",
                                   command == nullptr ? std::string() : " " + command->name,
                                   "` lists the options")));
    }

    std::string commands_with(const std::string& option) const {
        std::string names;
        for (const auto& known : program_.commands) {
            if (known.is_configurable() && known.find(option) != nullptr)
                names += joined(names.empty() ? "" : ", ", known.name);
        }
        return names;
    }

    std::vector<std::string> options_of(const CommandDescription* command) const {
        std::vector<std::string> names;
        for (const auto& known : program_.commands) {
            if (!known.is_configurable() || (command != nullptr && &known != command))
                continue;
            for (const auto& option : known.options) {
                if (!option.is_operand && option.name != "config")
                    names.push_back(option.name);
            }
        }
        return names;
    }

    ConfigProblems errors() {
        ConfigProblems errors;
        for (auto& problem : problems_)
            errors.push_back(std::move(problem.error));
        return errors;
    }

    const ProgramDescription& program_;
    ConfigFile file_;
    std::vector<Problem> problems_;
};

}  // namespace

std::expected<ConfigFile, ConfigProblems> read_config(std::string_view text,
                                                      const std::string& name,
                                                      const ProgramDescription& program) {
    try {
        return Reader(name, program).read(toml::parse(text, name));
    } catch (const toml::parse_error& error) {
        const auto line = std::max<std::size_t>(error.source().begin.line, 1);
        return std::unexpected(ConfigProblems{
            {ErrorKind::usage, joined("this is not TOML: ", toml_error(error)),
             joined(name, ":", std::to_string(line)),
             "a line is key = \"text\", key = 20 or key = true, and each key stands once"}});
    }
}

}  // namespace seqload::app

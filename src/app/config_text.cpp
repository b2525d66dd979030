#include "seqload/app/config_text.hpp"

#include "paragraph.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t widest_value = 34;

// With two spaces at least between it and what follows.
std::string cell(std::string_view text, std::size_t width) {
    return padded(joined(text, "  "), width + 2);
}

struct OptionLine {
    std::string name, value, source;
};

struct Group {
    std::string heading;
    std::vector<OptionLine> lines;
};

// In the order in which they come first; a group's options need not stand together.
std::vector<Group> in_groups(const CommandDescription& command,
                             const std::vector<Setting>& in_force) {
    std::vector<Group> groups;
    for (const Setting& setting : in_force) {
        const OptionDescription& option = *command.find(setting.option);
        auto group = std::ranges::find(groups, option.group, &Group::heading);
        if (group == groups.end())
            group = groups.insert(groups.end(), Group{option.group, {}});
        group->lines.push_back(
            {option.name, value_text(setting, option), printable(source_text(setting))});
    }
    return groups;
}

std::string group_text(const Group& group) {
    std::size_t name_width = 0;
    std::size_t value_width = 0;
    for (const OptionLine& line : group.lines) {
        name_width = std::max(name_width, line.name.size());
        if (columns_of(line.value) <= widest_value)
            value_width = std::max(value_width, columns_of(line.value));
    }
    std::string text = joined("\n", group.heading, "\n");
    for (const OptionLine& line : group.lines) {
        text += joined("  ", cell(line.name, name_width), cell(line.value, value_width),
                       line.source, "\n");
    }
    return text;
}

Json json_value(const Setting& setting, const OptionDescription& option) {
    if (option.kind == OptionKind::list) {
        Json list = Json::array();
        for (const std::string& value : setting.values)
            list.push_back(without_password(value));
        return list;
    }
    if (setting.values.empty())
        return nullptr;
    if (option.kind == OptionKind::flag)
        return setting.values.front() == "true";
    if (option.kind == OptionKind::number)
        return Json::parse(setting.values.front(), nullptr, false);
    return without_password(setting.values.front());
}

Json or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json option_json(const Setting& setting, const OptionDescription& option) {
    Setting built_in{option.name, {}, SourceKind::built_in, ""};
    if (!option.default_value.empty())
        built_in.values.push_back(option.default_value);
    Json json;
    json["option"] = option.name;
    json["variable"] = variable_of(option.name);
    json["value"] = json_value(setting, option);
    json["source"] = name(setting.source);
    json["place"] = or_null(setting.place);
    json["default"] = json_value(built_in, option);
    json["default_in_words"] = or_null(option.default_in_words);
    json["kind"] = name(option.kind);
    json["takes"] = option.value;
    json["choices"] = option.choices;
    json["help"] = option.help;
    json["group"] = option.group;
    return json;
}

}  // namespace

std::string source_text(const Setting& setting) {
    if (setting.source == SourceKind::file)
        return setting.place;
    if (setting.source == SourceKind::environment)
        return joined("environment ", setting.place);
    return std::string(name(setting.source));
}

std::string without_password(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos)
        return std::string(text);
    const auto begin = scheme + 3;
    const auto host_end = text.find_first_of("/?#", begin);
    const auto at = text.substr(0, host_end).rfind('@');
    if (at == std::string_view::npos || at < begin)
        return std::string(text);
    return joined(text.substr(0, begin), "…", text.substr(at));
}

std::string value_text(const Setting& setting, const OptionDescription& option) {
    if (setting.values.empty()) {
        return setting.source == SourceKind::built_in && !option.default_in_words.empty()
                   ? joined("(", option.default_in_words, ")")
                   : "(none)";
    }
    std::string text;
    for (const std::string& value : setting.values)
        text += joined(text.empty() ? "" : ", ", printable(without_password(value)));
    return text;
}

std::string config_text(const ConfigFindings& findings) {
    const std::string& file = findings.file;
    std::string text = joined(
        "seqload ", findings.command.name, ", ",
        file.empty() ? "without a configuration file" : joined("configured by ", printable(file)),
        "\n");
    for (const Group& group : in_groups(findings.command, findings.in_force))
        text += group_text(group);
    if (findings.without_effect.empty())
        return text;
    text += "\nWithout effect, for there is no such option\n";
    for (const std::string& variable : findings.without_effect)
        text += joined("  ", printable(variable), "\n");
    return text;
}

std::string config_json(const ConfigFindings& findings, const ProgramDescription& program) {
    Json json;
    json["command"] = findings.command.name;
    json["file"] = or_null(findings.file);
    json["options"] = Json::array();
    for (const Setting& setting : findings.in_force)
        json["options"].push_back(option_json(setting, *findings.command.find(setting.option)));
    json["without_effect"] = findings.without_effect;
    json["commands"] = Json::array();
    for (const auto& known : program.commands) {
        if (known.is_configurable())
            json["commands"].push_back(known.name);
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace seqload::app

#include "seqload/sandbox/json_fields.hpp"

#include "seqload/base/joined.hpp"

#include <utility>

namespace seqload::sandbox {

JsonFields::JsonFields(const nlohmann::json& object, std::string where)
    : object_(object), where_(std::move(where)) {
    if (!object_.is_object())
        error_ = Error{ErrorKind::usage, "an object is expected here", place({}), {}};
}

std::string JsonFields::place(std::string_view name) const {
    // "world.json: users[0]" or, of what stands in no list, "world.json: users".
    const bool at_top = where_.ends_with(": ");
    if (name.empty())
        return at_top ? where_.substr(0, where_.size() - 2) : where_;
    return joined(where_, at_top ? "" : ".", name);
}

std::string JsonFields::place(std::string_view name, std::size_t element) const {
    return joined(place(name), "[", std::to_string(element), "]");
}

void JsonFields::refuse(std::string what, std::string_view name, std::string next) {
    if (!error_)
        error_ = Error{ErrorKind::usage, std::move(what), place(name), std::move(next)};
}

const nlohmann::json* JsonFields::value(std::string_view name) {
    known_.emplace(name);
    if (!object_.is_object())
        return nullptr;
    const auto found = object_.find(name);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::string JsonFields::text(std::string_view name, std::string_view fallback) {
    const nlohmann::json* found = value(name);
    if (found == nullptr)
        return std::string(fallback);
    if (found->is_string())
        return found->get<std::string>();
    refuse("a text is expected", name);
    return std::string(fallback);
}

bool JsonFields::flag(std::string_view name, bool fallback) {
    const nlohmann::json* found = value(name);
    if (found == nullptr)
        return fallback;
    if (found->is_boolean())
        return found->get<bool>();
    refuse("true or false is expected", name);
    return fallback;
}

std::uint64_t JsonFields::number(std::string_view name, std::uint64_t fallback,
                                 std::uint64_t maximum) {
    const nlohmann::json* found = value(name);
    if (found == nullptr)
        return fallback;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() <= maximum)
        return found->get<std::uint64_t>();
    refuse(joined("a whole number from 0 to ", std::to_string(maximum), " is expected"), name);
    return fallback;
}

std::int64_t JsonFields::whole(std::string_view name, std::int64_t fallback) {
    const nlohmann::json* found = value(name);
    if (found == nullptr)
        return fallback;
    if (found->is_number_integer())
        return found->get<std::int64_t>();
    refuse("a whole number is expected", name);
    return fallback;
}

double JsonFields::real(std::string_view name, double fallback) {
    const nlohmann::json* found = value(name);
    if (found == nullptr)
        return fallback;
    if (found->is_number())
        return found->get<double>();
    refuse("a number is expected", name);
    return fallback;
}

std::optional<Id> JsonFields::id(std::string_view name) {
    const std::string given = text(name);
    if (given.empty())
        return std::nullopt;
    const std::optional<Id> id = Id::parse(given);
    if (!id)
        refuse(joined("'", given, "' is no id"), name, "an id is 24 hex characters");
    return id;
}

std::vector<const nlohmann::json*> JsonFields::elements(std::string_view name) {
    std::vector<const nlohmann::json*> found;
    const nlohmann::json* list = value(name);
    if (list == nullptr)
        return found;
    if (!list->is_array())
        refuse("a list is expected", name);
    else
        for (const nlohmann::json& element : *list)
            found.push_back(&element);
    return found;
}

std::vector<std::string> JsonFields::texts(std::string_view name) {
    std::vector<std::string> found;
    for (const nlohmann::json* element : elements(name)) {
        if (element->is_string())
            found.push_back(element->get<std::string>());
        else
            refuse("a list of texts is expected", name);
    }
    return found;
}

Result<> JsonFields::finish() {
    if (error_)
        return std::unexpected(*error_);
    for (const auto& [name, value] : object_.items())
        if (!known_.contains(name)) {
            std::string names;
            for (const std::string& known : known_)
                names += joined(names.empty() ? "" : ", ", known);
            return fail(ErrorKind::usage, joined("there is no field '", name, "'"), place({}),
                        joined("known here: ", names));
        }
    return {};
}

Result<nlohmann::json> parse_json(std::string_view text, const std::string& where) {
    try {
        return nlohmann::json::parse(text, nullptr, true, true);
    } catch (const nlohmann::json::parse_error& error) {
        return fail(ErrorKind::usage, joined("not JSON: ", error.what()), where);
    }
}

}  // namespace seqload::sandbox

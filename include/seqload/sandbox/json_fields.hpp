#pragma once

// Reading the fields of a JSON object that a person wrote (a world, a fault
// rule): each by name and type, and whatever nobody asked for is an error, so
// that a misspelt name is not a wish that goes unheard. The first error is kept
// and everything after it reads as the fallback.

#include "seqload/base/error.hpp"
#include "seqload/model/id.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {

class JsonFields {
public:
    // where: the place for errors, "world.json: contacts[3]", or "world.json: " at the top. object
    // must outlive this reader.
    JsonFields(const nlohmann::json& object, std::string where);

    std::string text(std::string_view name, std::string_view fallback = {});
    bool flag(std::string_view name, bool fallback);
    std::uint64_t number(std::string_view name, std::uint64_t fallback,
                         std::uint64_t maximum = UINT32_MAX);
    double real(std::string_view name, double fallback);
    std::int64_t whole(std::string_view name, std::int64_t fallback);
    std::optional<Id> id(std::string_view name);  // 24 hex characters
    std::vector<std::string> texts(std::string_view name);

    // The value as it is; nullptr if it is not there.
    const nlohmann::json* value(std::string_view name);

    // The elements of an array (an empty list if it is not there).
    std::vector<const nlohmann::json*> elements(std::string_view name);

    bool has(std::string_view name) const { return object_.contains(name); }

    // "where.name"; where itself if the name is empty.
    std::string place(std::string_view name) const;
    std::string place(std::string_view name, std::size_t element) const;

    void refuse(std::string what, std::string_view name, std::string next = {});

    // The first error, or one for a field that nobody asked for.
    Result<> finish();

private:
    const nlohmann::json& object_;
    std::string where_;
    std::set<std::string, std::less<>> known_;
    std::optional<Error> error_;
};

// The text as JSON with // and /* */ comments; an error says line and column.
Result<nlohmann::json> parse_json(std::string_view text, const std::string& where);

}  // namespace seqload::sandbox

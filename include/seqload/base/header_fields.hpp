#pragma once

// The header fields of an HTTP message: names compared without case (RFC 9110,
// section 5.1), in the order in which they came.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seqload {

class HeaderFields {
public:
    using Field = std::pair<std::string, std::string>;

    HeaderFields() = default;
    HeaderFields(std::initializer_list<Field> fields) : fields_(fields) {}

    void add(std::string name, std::string value) {
        fields_.emplace_back(std::move(name), std::move(value));
    }

    // The first field of that name; the view lives as long as the fields.
    std::optional<std::string_view> find(std::string_view name) const;

    auto begin() { return fields_.begin(); }
    auto end() { return fields_.end(); }
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }

private:
    std::vector<Field> fields_;
};

}  // namespace seqload

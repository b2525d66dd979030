#include "seqload/base/header_fields.hpp"

#include "seqload/base/text.hpp"

namespace seqload {

std::optional<std::string_view> HeaderFields::find(std::string_view name) const {
    for (const auto& [field_name, value] : fields_) {
        if (equal_ignoring_case(field_name, name))
            return value;
    }
    return std::nullopt;
}

}  // namespace seqload

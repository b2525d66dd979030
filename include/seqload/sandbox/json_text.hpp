#pragma once

// JSON written straight into a string, for answers that are too large to be
// built up as values first.

#include <string>
#include <string_view>

namespace seqload::sandbox {

// The text in quotation marks, escaped (RFC 8259, section 7); UTF-8 stays as it is.
void append_json(std::string& json, std::string_view text);

// The same, or null for an empty text.
void append_json_or_null(std::string& json, std::string_view text);

}  // namespace seqload::sandbox

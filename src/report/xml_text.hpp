#pragma once

// Text as XML 1.0 holds it, in an element and in an attribute between double quotes.

#include <string>
#include <string_view>

namespace seqload::report {

// & < > " ' become references. The text must be printable() already, line feeds
// aside; of what is left only the two non-characters U+FFFE and U+FFFF have no place
// in XML (section 2.2, "Char"): they become U+FFFD.
std::string xml_text(std::string_view text);

}  // namespace seqload::report

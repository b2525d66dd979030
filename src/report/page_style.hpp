#pragma once

// How report.html looks: light or dark as the reader's system is, on a wide screen, a
// phone and paper. Text stands out from what is behind it by 4.5 to 1 at least, what
// is drawn by 3 to 1 (WCAG 2.1, AA); a test holds the colours against that.

#include <string_view>

namespace seqload::report {

extern const std::string_view page_style;

}  // namespace seqload::report

// Whatever a server sends as a list of the team's things: it is read, or refused in
// one line; what was read comes back from the state as it went in. The input's first
// byte chooses the list.

#include "fuzz/must.hpp"
#include "seqload/app/team_json.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace {

using namespace seqload;
using fuzz::must;

void one_line(const std::string& reason) {
    must(!reason.empty(), "a body that is refused is refused with words");
    must(std::ranges::none_of(reason,
                              [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }),
         "a reason is one line without control characters");
}

template <class List>
void comes_back(const List& list) {
    const auto kept = app::list_in<List>(app::list_json(list));
    must(kept.has_value(), "what is kept of a list can be read");
    must(*kept == list, "a list comes back as it went in");
}

template <class List>
void holds(const std::expected<List, std::string>& read) {
    if (read)
        comes_back(*read);
    else
        one_line(read.error());
}

template <class Page, class List>
void page_holds(const std::expected<Page, std::string>& read, List Page::* list) {
    if (!read)
        return one_line(read.error());
    const auto next = read->pagination.next();
    must(!next || *next > read->pagination.page, "the next page is another one");
    comes_back((*read).*list);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0]) {
        case 's':
            page_holds(apollo::read_sequences(body), &apollo::SequencePage::sequences);
            break;
        case 'm':
            holds(apollo::read_mailboxes(body));
            break;
        case 'l':
            holds(apollo::read_labels(body));
            break;
        case 'u':
            page_holds(apollo::read_users(body), &apollo::UserPage::users);
            break;
        case 'q':
            holds(apollo::read_usage(body));
            break;
        default:
            break;
    }
    return 0;
}

// Whatever a server sends of contacts besides additions: a page of whom a label
// reaches, one contact, what was removed. The same body is read as each.

#include "fuzz/must.hpp"
#include "seqload/apollo/contact_view.hpp"
#include "seqload/apollo/label_contacts.hpp"
#include "seqload/apollo/removal.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace {

using namespace seqload;
using fuzz::must;

// Whether it was read; if not, the reason holds.
template <class Value>
bool read_or_told(const std::expected<Value, std::string>& read) {
    if (read)
        return true;
    must(!read.error().empty(), "a body that is refused is refused with words");
    must(std::ranges::none_of(read.error(),
                              [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }),
         "a reason is one line without control characters");
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const Id sequence = *Id::parse("66e9e215ece19801b2199901");

    if (const auto page = apollo::read_label_contacts(body); read_or_told(page)) {
        const auto next = page->pagination.next();
        must(!next || *next > page->pagination.page, "the next page is another one");
        must(page->contacts.size() + page->unreadable <= body.size(),
             "nobody is listed who is not in the body");
        for (const Id& contact : page->contacts)
            must(contact != Id{}, "who is listed has an id");
    }
    if (const auto view = apollo::read_contact(body); read_or_told(view)) {
        for (const auto& membership : view->memberships)
            must(membership.sequence != Id{}, "a membership is one of a sequence");
    }
    if (const auto removed = apollo::read_removal(body, sequence); read_or_told(removed))
        must(removed->size() <= body.size() / Id::size, "nobody is removed who is not in the body");
    return 0;
}

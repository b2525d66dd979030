// Whatever stands in the state in the place of a list of the team's: it is of no use,
// or a list that is kept as the same list again.

#include "fuzz/must.hpp"
#include "seqload/app/team_json.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace seqload;
using fuzz::must;

template <class List>
void stays_the_same(std::string_view text) {
    const auto list = app::list_in<List>(text);
    if (list)
        must(app::list_in<List>(app::list_json(*list)) == list, "it is kept as the same list");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    stays_the_same<std::vector<apollo::Sequence>>(text);
    stays_the_same<std::vector<apollo::Mailbox>>(text);
    stays_the_same<std::vector<apollo::Label>>(text);
    stays_the_same<std::vector<apollo::User>>(text);
    stays_the_same<apollo::Usage>(text);
    return 0;
}

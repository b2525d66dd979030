// Whatever a server sends as a 200: the reader neither falls over nor names a
// contact twice, and every row asked for comes out exactly once.

#include "fuzz/must.hpp"
#include "seqload/apollo/add_answer.hpp"
#include "seqload/apollo/settle.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/id.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

namespace {

using namespace seqload;
using fuzz::must;

Batch asked() {
    Batch batch;
    for (const std::string_view id : {"66e9e215ece19801b219997f", "66e9e215ece19801b2199980"})
        batch.contacts.push_back({static_cast<RowNumber>(batch.size() + 1), *Id::parse(id)});
    return batch;
}

Batch asked_for_label() {
    Batch batch;
    batch.labels.push_back({1, "Leads"});
    return batch;
}

void every_row_comes_out_once(const Batch& batch, const apollo::AddAnswer& answer) {
    for (const bool earlier_answer_lost : {false, true}) {
        const auto settled = apollo::settle(batch, answer, earlier_answer_lost);
        must(settled.outcomes.size() == batch.size(), "every row comes out exactly once");
        for (std::size_t place = 0; place < settled.outcomes.size(); ++place)
            must(settled.outcomes[place].row == place + 1, "rows come out in their order");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto sequence = Id::parse("66e9e215ece19801b2199901");
    const auto answer = apollo::read_add_answer(body, *sequence);
    if (!answer) {
        must(!answer.error().empty(), "a body that is refused is refused with words");
        return 0;
    }
    std::set<Id> named;
    for (const auto& added : answer->added)
        must(named.insert(added.contact).second, "no contact is named twice");
    for (const auto& skipped : answer->skipped)
        must(named.insert(skipped.contact).second, "no contact is named twice");
    every_row_comes_out_once(asked(), *answer);
    every_row_comes_out_once(asked_for_label(), *answer);
    return 0;
}

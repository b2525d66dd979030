// Whatever a server sends as header fields and as an error's body. The input's
// first line is the value of every field that we read; the rest is the body.

#include "fuzz/must.hpp"
#include "seqload/apollo/message.hpp"
#include "seqload/apollo/retry_after.hpp"
#include "seqload/base/header_fields.hpp"
#include "seqload/quota/quota_reading.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace seqload;
using fuzz::must;

HeaderFields fields_with(std::string_view value) {
    HeaderFields fields;
    for (const std::string_view window : {"minute", "hourly", "24-hour"}) {
        const std::string name(window);
        fields.add("x-rate-limit-" + name, std::string(value));
        fields.add("x-" + name + "-usage", std::string(value));
        fields.add("x-" + name + "-requests-left", std::string(value));
    }
    fields.add("retry-after", std::string(value));
    fields.add("date", "Tue, 15 Nov 1994 08:12:31 GMT");
    return fields;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto end_of_line = std::min(input.find('\n'), input.size());
    const auto fields = fields_with(input.substr(0, end_of_line));
    const WallTime now{std::chrono::hours(24 * 365 * 50)};

    (void)quota::read_quota(fields);
    const auto wait = apollo::read_retry_after(fields, now);
    must(!wait || (*wait >= Duration::zero() && *wait <= std::chrono::days(366)),
         "retry-after is no wait into the past, nor longer than 366 days");

    const auto message = apollo::message_in(input.substr(end_of_line));
    must(!message.empty(), "an error always has a message");
    must(message.size() <= apollo::message_limit, "a message keeps to its limit");
    must(std::ranges::none_of(message,
                              [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }),
         "a message is one line without control characters");
    return 0;
}

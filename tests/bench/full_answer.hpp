#pragma once

// Apollo's answer to a request that added a hundred contacts: about 3.5 KB each, most of it fields
// that mean nothing to us (facts.md, "The answer").

#include "bench/made_ids.hpp"

#include <cstddef>
#include <string>

namespace seqload::bench {

inline constexpr std::size_t contacts_in_answer = 100;

inline std::string full_answer() {
    std::string body = R"({"contacts":[)";
    for (std::size_t number = 1; number <= contacts_in_answer; ++number) {
        if (number > 1)
            body += ',';
        const std::string id = made_id(number).text();
        body += R"({"id":")" + id + R"(","first_name":"Ada","emailer_campaign_ids":[")" +
                made_id(0).text() + R"("],"contact_campaign_statuses":[{"emailer_campaign_id":")" +
                made_id(0).text() + R"(","status":"active","inactive_reason":null}])";
        for (int field = 0; field < 60; ++field)
            body += R"(,"field_)" + std::to_string(field) + R"(":"some text about )" + id + '"';
        body += '}';
    }
    return body + R"(],"skipped_contact_ids":{}})";
}

}  // namespace seqload::bench

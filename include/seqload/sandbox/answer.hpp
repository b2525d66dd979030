#pragma once

// An HTTP answer as the sandbox makes it, before it is put on the wire (and
// perhaps damaged there on purpose).

#include "seqload/base/clock.hpp"
#include "seqload/base/header_fields.hpp"

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace seqload::sandbox {

struct Answer {
    unsigned status = 200;
    HeaderFields fields;  // without content-length, date and connection
    std::string body;
};

Answer json_answer(unsigned status, std::string body);
Answer json_answer(unsigned status, const nlohmann::ordered_json& body);

// {"error": "…"}
Answer error_answer(unsigned status, std::string_view error);

// {"message": "…"}
Answer message_answer(unsigned status, std::string_view message);

Answer text_answer(unsigned status, std::string_view text);

// A page as a front end before the application gives it: "502 Bad Gateway".
Answer front_end_page(unsigned status);

// "Bad Gateway"; empty if the status has no phrase here.
std::string_view phrase(unsigned status);

// Status line and header block with the empty line after it. framing: the lines that say how long
// the body is, "content-length: 12\r\n"; keep_alive false adds "connection: close".
std::string head(const Answer& answer, std::string_view framing, bool keep_alive, WallTime now);

}  // namespace seqload::sandbox

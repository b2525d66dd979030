#pragma once

// The parts that requests, and the reckoning of their size, share, so that they
// cannot disagree.

#include "seqload/apollo/credentials.hpp"
#include "seqload/apollo/request_size.hpp"
#include "seqload/model/target.hpp"
#include "seqload/net/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seqload::apollo {

// The names of array parameters in the query string, brackets encoded.
inline constexpr std::string_view contact_ids_name = "contact_ids%5B%5D";
inline constexpr std::string_view label_names_name = "label_names%5B%5D";

// "/api/v1/emailer_campaigns/ID/add_contact_ids"
std::string add_path(const Target& target);

// The path and every parameter but the rows, for a target with one mailbox.
std::string query_target(const Target& target);

// The same, if that is where a request of the target has its rows: nullopt if they go into the body
// (request_size.hpp, form_for).
std::optional<std::string> query_before_rows(const Target& target, ParametersForm wanted);

// Appends "&name=value", the value percent-encoded.
void append_parameter(std::string& query, std::string_view name, std::string_view value);

// The fields that every request has, the credentials among them.
void add_headers(net::Request& request, const Credentials& credentials,
                 std::string_view user_agent);

// How long the value is once it is percent-encoded.
std::size_t encoded_size(std::string_view value);

}  // namespace seqload::apollo

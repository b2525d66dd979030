#include "seqload/apollo/contact_request.hpp"

#include "request_text.hpp"
#include "seqload/base/joined.hpp"

namespace seqload::apollo {

net::Request contact_request(const Id& contact, const Credentials& credentials,
                             std::string_view user_agent) {
    net::Request request;
    request.method = "GET";
    request.target = joined("/api/v1/contacts/", contact.text());
    add_headers(request, credentials, user_agent);
    return request;
}

}  // namespace seqload::apollo

#pragma once

// What a request says, read back from its URL or its body: by name, brackets
// included, with the values in order.

#include "seqload/net/message.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace seqload::apollo::test {

using SentParameters = std::map<std::string, std::vector<std::string>>;

// Decodes the query string of a request target.
inline SentParameters parameters_in_query(const net::Request& request) {
    const auto url = boost::urls::parse_origin_form(request.target);
    if (!url)
        throw std::runtime_error("the request target is no URL: " + request.target);
    SentParameters parameters;
    for (const auto& parameter : url->params())
        parameters[parameter.key].push_back(parameter.value);
    return parameters;
}

}  // namespace seqload::apollo::test

// Whatever a label or an address is made of: the URL, decoded again, gives back
// what was put in, and the sizes that were foretold are the sizes that came out.
// The input's first line is the sender's address, the rest one label.

#include "fuzz/must.hpp"
#include "seqload/apollo/add_request.hpp"
#include "seqload/apollo/request_size.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace {

using namespace seqload;
using fuzz::must;

const apollo::Credentials& credentials() {
    static const apollo::Credentials key = std::move(apollo::Credentials::key("fuzz").value());
    return key;
}

Target target_from(std::string_view address) {
    Target target;
    target.sequence = *Id::parse("66e9e215ece19801b219997f");
    target.mailboxes = {*Id::parse("6633baaece5fbd01c791d7ca")};
    target.from_address = address;
    return target;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using apollo::ParametersForm;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto end_of_line = std::min(input.find('\n'), input.size());
    const std::string_view label = input.substr(std::min(end_of_line + 1, input.size()));
    const Target target = target_from(input.substr(0, end_of_line));
    if (label.empty() || apollo::form_for(target, ParametersForm::query) == ParametersForm::body ||
        !apollo::label_fits(target, ParametersForm::query, label))
        return 0;

    Batch batch;
    batch.labels.push_back({1, std::string(label)});
    const net::Request request =
        apollo::add_request(target, batch, ParametersForm::query, credentials(), "fuzz");
    const std::size_t left = apollo::request_target_limit - request.target.size();
    must(left == apollo::label_room(target, ParametersForm::query) - apollo::label_cost(label),
         "a request is as large as was foretold");

    const auto url = boost::urls::parse_origin_form(request.target);
    must(url.has_value(), "a request target is a URL");
    must(url->params().size() == (target.from_address.empty() ? 3U : 4U),
         "no parameter is lost or made up");
    for (const auto& parameter : url->params()) {
        if (parameter.key == "label_names[]")
            must(parameter.value == label, "a label comes back as it went in");
        if (parameter.key == "send_email_from_email_address")
            must(parameter.value == target.from_address, "an address comes back as it went in");
    }
    return 0;
}

// Whatever a target, a label or an address is made of: the URL or the body, decoded
// again, gives back exactly what was put in, and the sizes that were foretold are the
// sizes that came out.
//
// The input's first two bytes are the choices (see Choices), the line after them the
// sender's address, the next one the time to unpause; the rest is one label, or ids of
// contacts, 12 bytes each.

#include "fuzz/must.hpp"
#include "seqload/apollo/add_request.hpp"
#include "seqload/apollo/request_size.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace seqload;
using apollo::ParametersForm;
using fuzz::must;
using nlohmann::json;

struct Choices {
    Flags flags;    // 9 bits
    bool has_user;  // 1 bit each
    bool in_body;
    bool rotates;
    bool of_contacts;
    InitialStatus status;
};

Choices choices_in(unsigned bits) {
    return {.flags = Flags(bits & 0x1FFU),
            .has_user = (bits & 0x200U) != 0,
            .in_body = (bits & 0x400U) != 0,
            .rotates = (bits & 0x800U) != 0,
            .of_contacts = (bits & 0x1000U) != 0,
            .status = static_cast<InitialStatus>((bits >> 13U) % 3)};
}

const apollo::Credentials& credentials() {
    static const apollo::Credentials key = std::move(apollo::Credentials::key("fuzz").value());
    return key;
}

std::string line_of(std::string_view& rest) {
    const auto end = std::min(rest.find('\n'), rest.size());
    std::string line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

Target target_of(const Choices& choices, std::string_view& rest) {
    Target target;
    target.sequence = *Id::parse("66e9e215ece19801b219997f");
    target.mailboxes = {*Id::parse("6633baaece5fbd01c791d7ca")};
    if (choices.rotates)
        target.mailboxes.push_back(*Id::parse("6633baaece5fbd01c791d7cb"));
    if (choices.has_user)
        target.user = *Id::parse("66302798d03b9601c7934ebf");
    target.flags = choices.flags;
    target.status = choices.status;
    target.from_address = line_of(rest);
    target.auto_unpause_at = line_of(rest);
    return target;
}

Batch batch_of(const Choices& choices, std::string_view rest) {
    Batch batch;
    if (!choices.of_contacts) {
        if (!rest.empty())
            batch.labels.push_back({1, std::string(rest)});
        return batch;
    }
    for (; rest.size() >= Id::size; rest.remove_prefix(Id::size)) {
        std::array<std::uint8_t, Id::size> bytes{};
        std::ranges::copy(rest.substr(0, Id::size), bytes.begin());
        batch.contacts.push_back({static_cast<RowNumber>(batch.size() + 1), Id(bytes)});
    }
    return batch;
}

// What Apollo is to be told, as the names of the JSON form have it.
json wanted(const Target& target, const Batch& batch) {
    json parameters{{"emailer_campaign_id", target.sequence.text()}};
    if (target.mailboxes.size() == 1)
        parameters["send_email_from_email_account_id"] = target.mailboxes[0].text();
    else
        for (const Id& mailbox : target.mailboxes)
            parameters["send_email_from_email_account_id"].push_back(mailbox.text());
    if (!target.from_address.empty())
        parameters["send_email_from_email_address"] = target.from_address;
    if (target.user)
        parameters["user_id"] = target.user->text();
    if (target.status != InitialStatus::unspecified)
        parameters["status"] = name(target.status);
    if (!target.auto_unpause_at.empty())
        parameters["auto_unpause_at"] = target.auto_unpause_at;
    for (std::size_t i = 0; i < flag_count; ++i)
        if (target.flags[i])
            parameters[std::string(flag_names[i])] = true;
    for (const ContactRow& row : batch.contacts)
        parameters["contact_ids"].push_back(row.contact.text());
    for (const LabelRow& row : batch.labels)
        parameters["label_names"].push_back(row.label);
    return parameters;
}

json told_in_query(const std::string& request_target) {
    const auto url = boost::urls::parse_origin_form(request_target);
    must(url.has_value(), "a request target is a URL");
    json parameters;
    for (const auto& parameter : url->params()) {
        std::string key = parameter.key;
        if (key.ends_with("[]")) {
            key.resize(key.size() - 2);
            parameters[key].push_back(parameter.value);
            continue;
        }
        must(!parameters.contains(key), "no parameter is said twice");
        const bool is_flag = std::ranges::find(flag_names, key) != flag_names.end();
        must(!is_flag || parameter.value == "true", "a flag is sent only where it is true");
        parameters[key] = is_flag ? json(true) : json(parameter.value);
    }
    return parameters;
}

bool is_utf8(const json& parameters) {
    try {
        (void)parameters.dump();
        return true;
    } catch (const json::exception&) {
        return false;
    }
}

bool fits(const Target& target, const Batch& batch, ParametersForm form) {
    if (!batch.labels.empty())
        return apollo::label_fits(target, form, batch.labels[0].label);
    return !batch.contacts.empty() &&
           batch.contacts.size() <= apollo::contacts_per_request(target, form, 1000);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    const Choices choices = choices_in(data[0] * 256U + data[1]);
    std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
    const Target target = target_of(choices, rest);
    const Batch batch = batch_of(choices, rest);
    const ParametersForm form =
        apollo::form_for(target, choices.in_body ? ParametersForm::body : ParametersForm::query);
    const json expected = wanted(target, batch);
    if (!fits(target, batch, form) || (form == ParametersForm::body && !is_utf8(expected)))
        return 0;

    const net::Request request = apollo::add_request(target, batch, form, credentials(), "fuzz");
    must(request.target.size() <= apollo::request_target_limit, "a request keeps to its limit");
    if (form == ParametersForm::body) {
        must(json::parse(request.body) == expected, "the body gives back what was put in");
        return 0;
    }
    must(request.body.empty(), "what is in the query is not in a body");
    must(told_in_query(request.target) == expected, "the URL gives back what was put in");
    if (!batch.labels.empty()) {
        const std::size_t left = apollo::request_target_limit - request.target.size();
        must(left == apollo::label_room(target, form) - apollo::label_cost(batch.labels[0].label),
             "a request is as large as was foretold");
    }
    return 0;
}

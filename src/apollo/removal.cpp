#include "seqload/apollo/removal.hpp"

#include "request_text.hpp"
#include "seqload/apollo/add_answer.hpp"
#include "seqload/base/joined.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace seqload::apollo {

namespace {

constexpr std::array modes{RemovalMode::remove, RemovalMode::stop, RemovalMode::mark_as_finished};

}  // namespace

std::string_view name(RemovalMode mode) {
    switch (mode) {
        case RemovalMode::remove:
            return "remove";
        case RemovalMode::stop:
            return "stop";
        case RemovalMode::mark_as_finished:
            return "mark_as_finished";
    }
    std::unreachable();
}

std::optional<RemovalMode> parse_removal_mode(std::string_view text) {
    const auto* const found =
        std::ranges::find_if(modes, [&](RemovalMode mode) { return name(mode) == text; });
    return found == modes.end() ? std::nullopt : std::optional(*found);
}

net::Request remove_request(const Id& sequence, std::span<const Id> contacts, RemovalMode mode,
                            const Credentials& credentials, std::string_view user_agent) {
    if (contacts.empty() || contacts.size() > contacts_per_removal)
        throw std::logic_error("a removal names between one contact and as many as fit");
    net::Request request;
    request.method = "POST";
    request.target =
        joined("/api/v1/emailer_campaigns/remove_or_stop_contact_ids?emailer_campaign_ids%5B%5D=",
               sequence.text());
    for (const Id& contact : contacts)
        append_parameter(request.target, contact_ids_name, contact.text());
    append_parameter(request.target, "mode", name(mode));
    add_headers(request, credentials, user_agent);
    return request;
}

// The contacts come in the shape in which an adding names those that it added.
std::expected<std::vector<Id>, std::string> read_removal(std::string_view body,
                                                         const Id& sequence) {
    auto answer = read_add_answer(body, sequence);
    if (!answer)
        return std::unexpected(std::move(answer.error()));
    // Whoever is not named counts as absent, and is never asked for again: so the list has
    // to be there, whole, and of what was done, not of what a job is to do.
    if (answer->accepted_as_job)
        return std::unexpected<std::string>(
            "a job that is still to be done, and touched nobody yet");
    if (!answer->lists_contacts)
        return std::unexpected<std::string>("JSON without a list of contacts");
    if (answer->unreadable > 0)
        return std::unexpected<std::string>("a list of contacts with some that have no id");
    std::vector<Id> touched;
    for (const AddedContact& contact : answer->added)
        touched.push_back(contact.contact);
    return touched;
}

}  // namespace seqload::apollo

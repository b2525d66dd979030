#include "seqload/sandbox/contact_lookup.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/sandbox/contact_json.hpp"
#include "seqload/sandbox/json_text.hpp"
#include "seqload/sandbox/pages.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

bool has_every_word(const ContactBook& contacts, ContactIndex contact, std::string_view words) {
    const Profile profile = contacts.profile(contact);
    const std::string text =
        lowered(joined(profile.first_name, " ", profile.last_name, " ", profile.title, " ",
                       profile.company, " ", profile.email));
    return std::ranges::all_of(split(words, ' '), [&text](std::string_view word) {
        return text.find(word) != std::string::npos;
    });
}

// Whom the call asks for, in the book's order.
std::vector<ContactIndex> found_contacts(const Team& team, const Parameters& parameters) {
    const ContactBook& contacts = team.world.contacts;
    std::vector<ContactIndex> found;
    const auto& label_ids = parameters.all("contact_label_ids");
    if (label_ids.empty()) {
        found.resize(contacts.size());
        for (ContactIndex contact = 0; contact < contacts.size(); ++contact)
            found[contact] = contact;
    }
    for (const std::string& id : label_ids)
        if (const auto label = team.world.find_label_id(id))
            contacts.each_with_label(*label,
                                     [&found](ContactIndex contact) { found.push_back(contact); });
    if (label_ids.size() > 1) {
        std::ranges::sort(found);
        const auto repeated = std::ranges::unique(found);
        found.erase(repeated.begin(), repeated.end());
    }
    if (const auto keywords = parameters.one("q_keywords")) {
        const std::string words = lowered(*keywords);
        std::erase_if(
            found, [&](ContactIndex contact) { return !has_every_word(contacts, contact, words); });
    }
    return found;
}

}  // namespace

Effect search_contacts(const Team& team, const Call& call) {
    const std::vector<ContactIndex> found = found_contacts(team, call.parameters);
    const Page page = page_of(call.parameters, found.size());
    std::string json = "{\"contacts\":[";
    for (std::size_t at = page.first(); at < page.last(); ++at) {
        json += at == page.first() ? "" : ",";
        append_contact(json, team.world, team.memberships, found[at], ContactView::searched);
    }
    json += joined(R"(],"breadcrumbs":[],"partial_results_only":false,"has_join":false,)"
                   R"("disable_eu_prospecting":false,"partial_results_limit":10000,"pagination":)",
                   pagination(page).dump(), R"(,"num_fetch_result":null})");
    Effect effect;
    effect.answer = json_answer(200, std::move(json));
    return effect;
}

Effect show_contact(const Team& team, const Call& call) {
    Effect effect;
    const std::optional<Id> id = Id::parse(call.path_id);
    const auto contact = id ? team.world.contacts.find(*id) : std::nullopt;
    if (!contact) {
        effect.answer = error_answer(422, "Oops! This contact does not exist in Apollo.");
        return effect;
    }
    std::string json = "{\"contact\":";
    append_contact(json, team.world, team.memberships, *contact, ContactView::shown);
    json += ",\"labels\":[";
    for (const LabelIndex index : team.world.contacts.labels(*contact)) {
        const Label& label = team.world.labels[index];
        json += joined(json.back() == '[' ? "" : ",", "{\"id\":\"", label.id.text(),
                       "\",\"modality\":\"", label.modality,
                       "\",\"cached_count\":", std::to_string(team.world.cached_count(index)),
                       ",\"name\":");
        append_json(json, label.name);
        json += joined(R"(,"created_at":"2024-09-12T21:46:49.464Z",)"
                       R"("updated_at":"2024-09-12T21:46:49.544Z","user_id":")",
                       label.user.text(), "\"}");
    }
    json += "]}";
    effect.answer = json_answer(200, std::move(json));
    return effect;
}

}  // namespace seqload::sandbox

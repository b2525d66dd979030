#include "seqload/sandbox/team_lists.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/sandbox/pages.hpp"
#include "team_texts.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

using Json = nlohmann::ordered_json;

Effect listed(const Json& body) {
    Effect effect;
    effect.answer = json_answer(200, body);
    return effect;
}

Json text_or_null(std::string_view text) {
    return text.empty() ? Json() : Json(text);
}

// The examples' fields with ours put over them, in the examples' order.
Json over(std::string_view example, const Json& ours) {
    Json made = Json::parse(example);
    for (const auto& [name, value] : ours.items())
        made[name] = value;
    return made;
}

Json sequence_json(const Sequence& sequence) {
    const std::string id = sequence.id.text();
    Json json = over(sequence_example, {{"id", id},
                                        {"name", sequence.name},
                                        {"archived", sequence.archived},
                                        {"user_id", sequence.user.text()},
                                        {"active", sequence.active},
                                        {"num_steps", sequence.steps}});
    json["sharing_permission"]["object_id"] = id;
    json["sharing_permission"]["owner_id"] = sequence.user.text();
    return json;
}

Json mailbox_json(const Mailbox& mailbox, const World& world) {
    const std::string id = mailbox.id.text();
    Json aliases = Json::array({mailbox.email});
    for (const std::string& alias : mailbox.aliases)
        aliases.push_back(alias);
    Json json = over(mailbox_example, {{"aliases", std::move(aliases)},
                                       {"id", id},
                                       {"user_id", mailbox.user.text()},
                                       {"email", mailbox.email},
                                       {"type", mailbox.aggregate ? "aggregate" : "gmail"},
                                       {"active", mailbox.active},
                                       {"revoked_at", text_or_null(mailbox.revoked_at)},
                                       {"inactive_reason", text_or_null(mailbox.inactive_reason)}});
    json["deliverability_score"]["email_account_id"] = id;
    json["deliverability_score"]["team_id"] = world.team.text();
    json["deliverability_score"]["user_id"] = mailbox.user.text();
    return json;
}

Json label_json(const World& world, LabelIndex index) {
    const Label& label = world.labels[index];
    const std::string id = label.id.text();
    return {{"_id", id},
            {"cached_count", world.cached_count(index)},
            {"concurrency_locks", Json::object()},
            {"created_at", "2024-09-12T21:46:49.464Z"},
            {"modality", label.modality},
            {"name", label.name},
            {"need_cached_count_update", false},
            {"needs_count_update_at", "2024-09-13T00:43:17.703+00:00"},
            {"rule_config_template_id", nullptr},
            {"team_id", world.team.text()},
            {"updated_at", "2024-09-13T00:47:35.416Z"},
            {"user_id", label.user.text()},
            {"id", id},
            {"key", id}};
}

Json user_json(const User& user, const World& world) {
    return over(user_example, {{"id", user.id.text()},
                               {"team_id", world.team.text()},
                               {"first_name", text_or_null(user.first_name)},
                               {"last_name", text_or_null(user.last_name)},
                               {"email", user.email},
                               {"name", joined(user.first_name, " ", user.last_name)}});
}

bool has_every_word(std::string_view name, std::string_view words) {
    const std::string text = lowered(name);
    const std::string wanted = lowered(words);
    return std::ranges::all_of(split(wanted, ' '), [&text](std::string_view word) {
        return text.find(word) != std::string::npos;
    });
}

// The id of the n-th label that was made while running.
Id new_label_id(std::size_t number) {
    std::array<std::uint8_t, Id::size> bytes{0x66, 0x12, 0xa4, 0xb7, 0xc8, 0xd9, 0xe0, 0xf1};
    for (std::size_t byte = 0; byte < 4; ++byte)
        bytes[8 + byte] = static_cast<std::uint8_t>(number >> (24 - 8 * byte));
    return Id(bytes);
}

}  // namespace

Effect search_sequences(const Team& team, const Call& call) {
    const std::string_view words = call.parameters.one("q_name").value_or("");
    std::vector<const Sequence*> found;
    for (const Sequence& sequence : team.world.sequences)
        if (has_every_word(sequence.name, words))
            found.push_back(&sequence);
    const Page page = page_of(call.parameters, found.size());
    Json sequences = Json::array();
    for (std::size_t at = page.first(); at < page.last(); ++at)
        sequences.push_back(sequence_json(*found[at]));
    Json breadcrumbs = Json::array();
    if (!words.empty())
        breadcrumbs.push_back({{"label", "Name"},
                               {"signal_field_name", "q_name"},
                               {"value", words},
                               {"display_name", words}});
    return listed({{"pagination", pagination(page)},
                   {"breadcrumbs", std::move(breadcrumbs)},
                   {"emailer_campaigns", std::move(sequences)},
                   {"num_fetch_result", nullptr}});
}

Effect list_email_accounts(const Team& team) {
    Json mailboxes = Json::array();
    for (const Mailbox& mailbox : team.world.mailboxes)
        mailboxes.push_back(mailbox_json(mailbox, team.world));
    return listed({{"email_accounts", std::move(mailboxes)}});
}

Effect list_labels(const Team& team) {
    Json labels = Json::array();
    for (LabelIndex label = 0; label < team.world.labels.size(); ++label)
        labels.push_back(label_json(team.world, label));
    return listed(labels);
}

Effect create_label(Team& team, const Call& call) {
    const std::string name(trimmed(call.parameters.one("name").value_or("")));
    const std::string modality(call.parameters.one("modality").value_or(""));
    Effect effect;
    const auto refuse = [&effect](const Json& body) {
        effect.answer = json_answer(422, body);
        return effect;
    };
    if (name.empty())
        return refuse({{"error", "Please enter a non-empty name!"}});
    if (modality.empty())
        return refuse({{"error", "Please enter a non-empty modality!"}});
    if (modality != "contacts" && modality != "accounts")
        return refuse({{"error", "Please enter a valid modality!"}});
    for (const Label& label : team.world.labels)
        if (label.name == name && label.modality == modality)
            return refuse({{"error", name + " already exists"}, {"skip_alert_dialog", true}});
    const Id user = team.world.users.empty() ? team.world.team : team.world.users.front().id;
    team.world.labels.push_back({new_label_id(team.world.labels.size()), name, modality, user});
    effect.answer = json_answer(200, Json{{"label",
                                           {{"id", team.world.labels.back().id.text()},
                                            {"modality", modality},
                                            {"cached_count", 0},
                                            {"name", name},
                                            {"created_at", to_text(call.now)},
                                            {"updated_at", to_text(call.now)},
                                            {"user_id", user.text()},
                                            {"book_of_business", nullptr}}}});
    return effect;
}

Effect search_users(const Team& team, const Call& call) {
    const Page page = page_of(call.parameters, team.world.users.size());
    Json users = Json::array();
    for (std::size_t at = page.first(); at < page.last(); ++at)
        users.push_back(user_json(team.world.users[at], team.world));
    // This operation spells the page as text (openapi.json).
    Json pages = pagination(page);
    pages["page"] = std::to_string(page.page);
    pages["per_page"] = std::to_string(page.per_page);
    return listed({{"pagination", std::move(pages)}, {"users", std::move(users)}});
}

}  // namespace seqload::sandbox

#include "target_json.hpp"

#include "seqload/app/target_names.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace seqload::app {

nlohmann::ordered_json target_json(const Target& target, const TargetTable& targets) {
    nlohmann::ordered_json json;
    const auto put = [&](const std::string& id_member, std::string_view name_member,
                         std::span<const Id> ids) {
        const bool by_name = any_is_called(targets, ids);
        json[by_name ? std::string(name_member) : id_member] = names_or_ids(targets, ids);
    };
    put("sequence_id", "sequence", {&target.sequence, 1});
    put("email_account_id", "email_account", target.mailboxes);
    if (!target.from_address.empty())
        json["send_email_from_email_address"] = target.from_address;
    if (target.user)
        put("user_id", "user", {&*target.user, 1});
    if (target.status != InitialStatus::unspecified)
        json["status"] = name(target.status);
    if (!target.auto_unpause_at.empty())
        json["auto_unpause_at"] = target.auto_unpause_at;
    for (std::size_t i = 0; i < flag_count; ++i) {
        if (target.flags[i])
            json[std::string(flag_names[i])] = true;
    }
    return json;
}

}  // namespace seqload::app

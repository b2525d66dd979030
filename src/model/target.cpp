#include "seqload/model/target.hpp"

#include <utility>

namespace seqload {

std::string_view name(InitialStatus status) {
    switch (status) {
        case InitialStatus::unspecified:
            return "";
        case InitialStatus::active:
            return "active";
        case InitialStatus::paused:
            return "paused";
    }
    std::unreachable();
}

std::string mailboxes_text(const Target& target) {
    std::string text;
    for (const Id& mailbox : target.mailboxes) {
        if (!text.empty())
            text += ';';
        mailbox.append_to(text);
    }
    return text;
}

std::size_t TargetHash::operator()(const Target& target) const noexcept {
    std::size_t hash = std::hash<Id>{}(target.sequence);
    const auto mix = [&hash](std::size_t part) {
        hash = (hash ^ part) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 29;
    };
    for (const Id& mailbox : target.mailboxes)
        mix(std::hash<Id>{}(mailbox));
    mix(std::hash<std::string>{}(target.from_address));
    mix(target.user ? std::hash<Id>{}(*target.user) : 0);
    mix(static_cast<std::size_t>(target.status));
    mix(std::hash<std::string>{}(target.auto_unpause_at));
    mix(target.flags.to_ulong());
    return hash;
}

// Not by members: the copy's targets have addresses of their own.
TargetTable::TargetTable(const TargetTable& other) : names_(other.names_) {
    indexes_.reserve(other.size());
    targets_.reserve(other.size());
    for (const Target* target : other.targets_)
        intern(*target);
}

TargetTable& TargetTable::operator=(TargetTable other) noexcept {
    indexes_.swap(other.indexes_);
    targets_.swap(other.targets_);
    names_.swap(other.names_);
    return *this;
}

TargetIndex TargetTable::intern(const Target& target) {
    const auto [place, is_new] =
        indexes_.try_emplace(target, static_cast<TargetIndex>(targets_.size()));
    if (is_new)
        targets_.push_back(&place->first);
    return place->second;
}

void TargetTable::call(const Id& stand_in, std::string_view name) {
    names_.try_emplace(stand_in, name);
}

const std::string* TargetTable::called(const Id& id) const {
    const auto found = names_.find(id);
    return found == names_.end() ? nullptr : &found->second;
}

}  // namespace seqload

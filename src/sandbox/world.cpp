#include "seqload/sandbox/world.hpp"

#include <algorithm>

namespace seqload::sandbox {
namespace {

template <class Items, class Same>
std::optional<std::uint32_t> place_of(const Items& items, Same same) {
    const auto found = std::ranges::find_if(items, same);
    if (found == items.end())
        return std::nullopt;
    return static_cast<std::uint32_t>(found - items.begin());
}

template <class Items>
std::optional<std::uint32_t> place_of_id(const Items& items, std::string_view text) {
    const std::optional<Id> id = Id::parse(text);
    if (!id)
        return std::nullopt;
    return place_of(items, [&](const auto& item) { return item.id == *id; });
}

}  // namespace

std::optional<SequenceIndex> World::find_sequence(std::string_view id) const {
    return place_of_id(sequences, id);
}

std::optional<std::uint32_t> World::find_mailbox(std::string_view id) const {
    return place_of_id(mailboxes, id);
}

std::optional<LabelIndex> World::find_label(std::string_view name) const {
    return place_of(labels, [name](const Label& label) {
        return label.modality == "contacts" && label.name == name;
    });
}

std::optional<LabelIndex> World::find_label_id(std::string_view id) const {
    return place_of_id(labels, id);
}

std::uint32_t World::cached_count(LabelIndex label) const {
    return labels[label].cached_count.value_or(contacts.count_with_label(label));
}

std::string_view World::master_key() const {
    for (const Key& key : keys)
        if (key.master && !key.closed)
            return key.secret;
    return {};
}

}  // namespace seqload::sandbox

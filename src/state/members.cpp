#include "seqload/state/members.hpp"

#include "bytes.hpp"

#include <cstddef>
#include <cstdint>

namespace seqload::state {

namespace {

constexpr std::size_t number_size = sizeof(std::uint32_t);

bool decode_contacts(std::string_view bytes, std::vector<ContactRow>& contacts) {
    if (bytes.empty() || bytes.size() % stored::contact_member_size != 0)
        return false;
    contacts.reserve(bytes.size() / stored::contact_member_size);
    for (std::size_t at = 0; at < bytes.size(); at += stored::contact_member_size)
        contacts.push_back({number_at<std::uint32_t>(bytes, at), id_at(bytes, at + number_size)});
    return true;
}

bool decode_labels(std::string_view bytes, std::vector<LabelRow>& labels) {
    while (bytes.size() >= stored::label_member_head) {
        const RowNumber row = number_at<std::uint32_t>(bytes, 0);
        const std::size_t length = number_at<std::uint32_t>(bytes, number_size);
        bytes.remove_prefix(stored::label_member_head);
        if (length > bytes.size())
            return false;
        labels.push_back({row, std::string(bytes.substr(0, length))});
        bytes.remove_prefix(length);
    }
    return bytes.empty() && !labels.empty();
}

}  // namespace

stored::MembersKind members_kind(const Batch& batch) {
    return batch.is_label() ? stored::MembersKind::labels : stored::MembersKind::contacts;
}

std::string encode_members(const Batch& batch) {
    std::string bytes;
    bytes.reserve(batch.contacts.size() * stored::contact_member_size);
    for (const auto& [row, contact] : batch.contacts) {
        append_number(bytes, row);
        append_id(bytes, contact);
    }
    for (const auto& [row, label] : batch.labels) {
        append_number(bytes, row);
        append_number(bytes, static_cast<std::uint32_t>(label.size()));
        bytes += label;
    }
    return bytes;
}

std::optional<Batch> decode_members(TargetIndex target, stored::MembersKind kind,
                                    std::string_view bytes) {
    Batch batch{.target = target, .contacts = {}, .labels = {}};
    const bool whole = kind == stored::MembersKind::contacts
                           ? decode_contacts(bytes, batch.contacts)
                           : decode_labels(bytes, batch.labels);
    if (!whole)
        return std::nullopt;
    return batch;
}

bool contact_rows_in(std::string_view bytes, std::vector<RowNumber>& rows) {
    rows.clear();
    if (bytes.empty() || bytes.size() % stored::contact_member_size != 0)
        return false;
    rows.reserve(bytes.size() / stored::contact_member_size);
    for (std::size_t at = 0; at < bytes.size(); at += stored::contact_member_size)
        rows.push_back(number_at<std::uint32_t>(bytes, at));
    return true;
}

}  // namespace seqload::state

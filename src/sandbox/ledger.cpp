#include "seqload/sandbox/ledger.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/json_text.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

namespace seqload::sandbox {
namespace {

void append_field(std::string& json, std::string_view name, std::uint64_t value) {
    if (json.back() != '{')
        json += ',';
    json += joined("\"", name, "\":", std::to_string(value));
}

}  // namespace

void Ledger::record(Deed deed, ContactIndex contact, SequenceIndex sequence,
                    RequestNumber request) {
    entries_.push_back({contact, sequence, request, deed});
    ++totals_[static_cast<std::size_t>(deed)];
}

std::string Ledger::json(const World& world, const Memberships& memberships,
                         const std::function<std::string(RequestNumber)>& request_id,
                         std::optional<SequenceIndex> only, bool with_contacts) const {
    // By sequence, then contact; what happened to one stays in order.
    std::vector<std::uint32_t> order(entries_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [this](std::uint32_t at) {
        return std::tuple(entries_[at].sequence, entries_[at].contact);
    });

    std::uint64_t added_twice = 0;
    std::string sequences = "{";
    for (auto at = order.begin(); at != order.end();) {
        const SequenceIndex sequence = entries_[*at].sequence;
        std::array<std::uint64_t, 4> in_sequence_totals{};
        std::string contacts = "{";
        while (at != order.end() && entries_[*at].sequence == sequence) {
            const ContactIndex contact = entries_[*at].contact;
            std::array<std::uint64_t, 4> times{};
            std::string requests = "[";
            bool is_in = false;
            bool twice = false;
            for (; at != order.end() && entries_[*at].sequence == sequence &&
                   entries_[*at].contact == contact;
                 ++at) {
                const Entry& entry = entries_[*at];
                ++times[static_cast<std::size_t>(entry.deed)];
                ++in_sequence_totals[static_cast<std::size_t>(entry.deed)];
                twice = twice || (entry.deed == Deed::added && is_in);
                is_in = entry.deed != Deed::removed;
                if (entry.deed == Deed::added && with_contacts) {
                    requests += requests.back() == '[' ? "" : ",";
                    append_json(requests, request_id(entry.request));
                }
            }
            added_twice += twice ? 1 : 0;
            if (!with_contacts)
                continue;
            const Membership* membership = memberships.find(contact, sequence);
            contacts += joined(contacts.back() == '{' ? "" : ",", "\"",
                               world.contacts.id(contact).text(), "\":{");
            append_field(contacts, "added", times[0]);
            append_field(contacts, "removed", times[1]);
            append_field(contacts, "stopped", times[2]);
            append_field(contacts, "finished", times[3]);
            contacts += joined(",\"status\":\"",
                               membership == nullptr ? "removed" : name(membership->status),
                               "\",\"requests\":", requests, "]}");
        }
        if (only && *only != sequence)
            continue;
        sequences += joined(sequences.back() == '{' ? "" : ",", "\"",
                            world.sequences[sequence].id.text(), "\":{\"name\":");
        append_json(sequences, world.sequences[sequence].name);
        append_field(sequences, "added", in_sequence_totals[0]);
        append_field(sequences, "removed", in_sequence_totals[1]);
        append_field(sequences, "in_sequence",
                     memberships.count(sequence, MembershipStatus::active) +
                         memberships.count(sequence, MembershipStatus::paused) +
                         memberships.count(sequence, MembershipStatus::finished));
        if (with_contacts)
            sequences += joined(",\"contacts\":", contacts, "}");
        sequences += '}';
    }

    std::string json = "{\"totals\":{";
    append_field(json, "added", total(Deed::added));
    append_field(json, "added_more_than_once", added_twice);
    append_field(json, "removed", total(Deed::removed));
    append_field(json, "stopped", total(Deed::stopped));
    append_field(json, "finished", total(Deed::finished));
    json += joined("},\"sequences\":", sequences, "}}");
    return json;
}

}  // namespace seqload::sandbox

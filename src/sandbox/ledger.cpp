#include "seqload/sandbox/ledger.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/json_text.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace seqload::sandbox {
namespace {

using Entries = std::span<const LedgerEntry>;
using Times = std::array<std::uint64_t, 4>;  // by deed

std::size_t place(Deed deed) {
    return static_cast<std::size_t>(deed);
}

void append_field(std::string& json, std::string_view name, std::uint64_t value) {
    if (json.back() != '{')
        json += ',';
    json += joined("\"", name, "\":", std::to_string(value));
}

Times count(Entries entries) {
    Times times{};
    for (const LedgerEntry& entry : entries)
        ++times[place(entry.deed)];
    return times;
}

// Takes the entries off the front that agree with the first in what the key picks.
template <class Key>
Entries take_alike(Entries& entries, Key key) {
    const auto wanted = key(entries.front());
    const auto end = std::ranges::find_if(
        entries, [&](const LedgerEntry& entry) { return key(entry) != wanted; });
    const auto size = static_cast<std::size_t>(end - entries.begin());
    const Entries alike = entries.first(size);
    entries = entries.subspan(size);
    return alike;
}

// Of one contact in one sequence: added again without having been removed in between.
bool added_twice(Entries entries) {
    bool is_in = false;
    for (const LedgerEntry& entry : entries) {
        if (entry.deed == Deed::added && is_in)
            return true;
        is_in = entry.deed != Deed::removed;
    }
    return false;
}

// The part under "sequences".
class SequencesWriter {
public:
    SequencesWriter(const World& world, const Memberships& memberships,
                    const std::function<std::string(RequestNumber)>& request_id, bool with_contacts)
        : world_(world),
          memberships_(memberships),
          request_id_(request_id),
          with_contacts_(with_contacts) {}

    void write(SequenceIndex sequence, Entries entries) {
        const Times times = count(entries);
        separate();
        append_json(json_, world_.sequences[sequence].id.text());
        json_ += ":{\"name\":";
        append_json(json_, world_.sequences[sequence].name);
        append_field(json_, "added", times[place(Deed::added)]);
        append_field(json_, "removed", times[place(Deed::removed)]);
        append_field(json_, "in_sequence",
                     memberships_.count(sequence, MembershipStatus::active) +
                         memberships_.count(sequence, MembershipStatus::paused) +
                         memberships_.count(sequence, MembershipStatus::finished));
        if (with_contacts_) {
            json_ += ",\"contacts\":{";
            while (!entries.empty())
                write_contact(sequence, take_alike(entries, &contact_of));
            json_ += '}';
        }
        json_ += '}';
    }

    static ContactIndex contact_of(const LedgerEntry& entry) { return entry.contact; }

    const std::string& json() const { return json_; }

private:
    void write_contact(SequenceIndex sequence, Entries entries) {
        const ContactIndex contact = entries.front().contact;
        const Times times = count(entries);
        separate();
        append_json(json_, world_.contacts.id(contact).text());
        json_ += ":{";
        append_field(json_, "added", times[place(Deed::added)]);
        append_field(json_, "removed", times[place(Deed::removed)]);
        append_field(json_, "stopped", times[place(Deed::stopped)]);
        append_field(json_, "finished", times[place(Deed::finished)]);
        const Membership* membership = memberships_.find(contact, sequence);
        json_ +=
            joined(R"(,"status":")",
                   name(membership == nullptr ? MembershipStatus::removed : membership->status),
                   R"(","requests":[)");
        for (const LedgerEntry& entry : entries)
            if (entry.deed == Deed::added) {
                separate();
                append_json(json_, request_id_(entry.request));
            }
        json_ += "]}";
    }

    void separate() {
        if (!json_.empty() && json_.back() != '{' && json_.back() != '[')
            json_ += ',';
    }

    const World& world_;
    const Memberships& memberships_;
    const std::function<std::string(RequestNumber)>& request_id_;
    bool with_contacts_;
    std::string json_;
};

}  // namespace

void Ledger::record(Deed deed, ContactIndex contact, SequenceIndex sequence,
                    RequestNumber request) {
    entries_.push_back({contact, sequence, request, deed});
    ++totals_[place(deed)];
}

std::string Ledger::json(const World& world, const Memberships& memberships,
                         const std::function<std::string(RequestNumber)>& request_id,
                         std::optional<SequenceIndex> only, bool with_contacts) const {
    // By sequence, then contact; what happened to one stays in order.
    std::vector<LedgerEntry> sorted = entries_;
    std::ranges::stable_sort(sorted, {}, [](const LedgerEntry& entry) {
        return std::tuple(entry.sequence, entry.contact);
    });
    const auto sequence_of = [](const LedgerEntry& entry) { return entry.sequence; };

    SequencesWriter writer(world, memberships, request_id, with_contacts);
    std::uint64_t twice = 0;
    for (Entries left = sorted; !left.empty();) {
        const Entries entries = take_alike(left, sequence_of);
        for (Entries contacts = entries; !contacts.empty();)
            twice += added_twice(take_alike(contacts, &SequencesWriter::contact_of)) ? 1 : 0;
        if (!only || *only == entries.front().sequence)
            writer.write(entries.front().sequence, entries);
    }

    std::string json = "{\"totals\":{";
    append_field(json, "added", total(Deed::added));
    append_field(json, "added_more_than_once", twice);
    append_field(json, "removed", total(Deed::removed));
    append_field(json, "stopped", total(Deed::stopped));
    append_field(json, "finished", total(Deed::finished));
    json += joined("},\"sequences\":{", writer.json(), "}}");
    return json;
}

}  // namespace seqload::sandbox

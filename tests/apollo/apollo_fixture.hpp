#pragma once

// Ids, targets and batches to speak of in the tests of this room.

#include "seqload/apollo/credentials.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo::test {

inline Id id_of(std::string_view text) {
    return Id::parse(text).value();
}

// The n-th contact: "66e34b81740c50074e000000" and so on.
inline Id contact(std::uint32_t n) {
    auto bytes = id_of("66e34b81740c50074e000000").bytes();
    bytes[9] = static_cast<std::uint8_t>(n >> 16 & 0xffU);
    bytes[10] = static_cast<std::uint8_t>(n >> 8 & 0xffU);
    bytes[11] = static_cast<std::uint8_t>(n & 0xffU);
    return Id(bytes);
}

inline const Id sequence = id_of("66e9e215ece19801b219997f");
inline const Id mailbox = id_of("6633baaece5fbd01c791d7ca");
inline const Id other_mailbox = id_of("6633baaece5fbd01c791d7cb");
inline const Id user = id_of("66302798d03b9601c7934ebf");

// Why Apollo skips whom the sequence has already.
inline const std::string already_there = "contacts_already_exists_in_current_campaign";

inline Target plain_target() {
    Target target;
    target.sequence = sequence;
    target.mailboxes = {mailbox};
    return target;
}

// Every parameter given, every flag true.
inline Target full_target() {
    Target target = plain_target();
    target.from_address = "sales+eu@example.com";
    target.user = user;
    target.status = InitialStatus::paused;
    target.auto_unpause_at = "2027-01-31T08:00:00+01:00";
    target.flags.set();
    return target;
}

inline Target rotating_target() {
    Target target = plain_target();
    target.mailboxes = {mailbox, other_mailbox};
    return target;
}

// Rows 1 to size of the contacts 1 to size.
inline Batch contact_batch(std::uint32_t size) {
    Batch batch;
    for (std::uint32_t n = 1; n <= size; ++n)
        batch.contacts.push_back({n, contact(n)});
    return batch;
}

inline Batch label_batch(const std::vector<std::string>& labels) {
    Batch batch;
    for (const std::string& label : labels)
        batch.labels.push_back({static_cast<RowNumber>(batch.labels.size() + 1), label});
    return batch;
}

inline Credentials test_key() {
    return std::move(Credentials::key("test-key").value());
}

}  // namespace seqload::apollo::test

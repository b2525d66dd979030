#pragma once

// From the names that people use to Apollo's ids.
//
//   sequence       letter for letter; if none is called so, without regard to case
//   mailbox        by its address, else by an alias, both without regard to case
//   user           by the address, without regard to case
//   label          letter for letter only: its name is what goes to Apollo
//
// What is out of use (an archived sequence, a revoked mailbox, a deleted user)
// is meant only where nothing else of the same name is: mailboxes that were
// connected again leave their former selves behind. Case is ASCII's.

#include "seqload/apollo/labels.hpp"
#include "seqload/apollo/mailboxes.hpp"
#include "seqload/apollo/sequences.hpp"
#include "seqload/apollo/users.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/id.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

enum class NameKind : std::uint8_t { sequence, mailbox, user, label };

struct NamedId {
    Id id;
    std::string name;                       // or address
    std::vector<std::string> aliases = {};  // other addresses
    bool out_of_use = false;

    bool operator==(const NamedId&) const = default;
};

std::vector<NamedId> named(std::span<const Sequence> sequences);
std::vector<NamedId> named(std::span<const Mailbox> mailboxes);
std::vector<NamedId> named(std::span<const User> users);
// Those for contacts; the others cannot be loaded.
std::vector<NamedId> named(std::span<const Label> labels);

// The id of the one that is meant. Errors (ErrorKind::unusable_input, without a place, which the
// caller knows): several are called so, and `next` lists them with their ids; nobody is, and `next`
// lists the nearest, at most so many. Pure, safe from any thread.
Result<Id> find_by_name(NameKind kind, std::span<const NamedId> among, std::string_view wanted,
                        std::size_t nearest = 3);

// For how many wrong names one looks for near ones: where there are more, it is not the spelling
// that is wrong, and comparing each of many with each of many takes minutes.
inline constexpr std::size_t names_with_near_ones = 100;

// How many an error lists at most.
inline constexpr std::size_t listed_names = 5;

// The names nearest to the wanted one, the nearest first, at most so many: slips of the pen (one
// edit for every four characters, three at most; a mailbox's aliases count), then names that hold
// every word of it.
std::vector<NamedId> near_names(std::span<const NamedId> among, std::string_view wanted,
                                std::size_t at_most = 3);

}  // namespace seqload::apollo

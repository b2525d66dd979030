#include "seqload/model/target_table.hpp"

#include "seqload/base/seeded_hash.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <type_traits>

namespace seqload {

namespace {

template <typename T>
void append_bytes(const T& value, std::string& bytes) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::array<char, sizeof(T)> copy{};
    std::memcpy(copy.data(), &value, sizeof(T));
    bytes.append(copy.data(), copy.size());
}

template <typename T>
T take_bytes(std::string_view& bytes) {
    static_assert(std::is_trivially_copyable_v<T>);
    T value{};
    std::memcpy(&value, bytes.data(), sizeof(T));
    bytes.remove_prefix(sizeof(T));
    return value;
}

// What all terms have. A text so short costs no allocation.
struct Fixed {
    std::uint32_t mailboxes = 0;
    std::uint32_t from_address_size = 0;
    std::uint16_t flags = 0;
    InitialStatus status = InitialStatus::unspecified;
    std::uint8_t has_user = 0;
};
static_assert(std::has_unique_object_representations_v<Fixed>);
static_assert(flag_count <= 16);

// All of the target but its sequence and its first mailbox: what is fixed, then the
// other mailboxes, the user, the address, and up to the end the time.
std::string terms_of(const Target& target) {
    std::string bytes;
    append_bytes(Fixed{.mailboxes = static_cast<std::uint32_t>(target.mailboxes.size()),
                       .from_address_size = static_cast<std::uint32_t>(target.from_address.size()),
                       .flags = static_cast<std::uint16_t>(target.flags.to_ulong()),
                       .status = target.status,
                       .has_user = static_cast<std::uint8_t>(target.user.has_value() ? 1 : 0)},
                 bytes);
    for (std::size_t i = 1; i < target.mailboxes.size(); ++i)
        append_bytes(target.mailboxes[i], bytes);
    if (target.user)
        append_bytes(*target.user, bytes);
    bytes += target.from_address;
    bytes += target.auto_unpause_at;
    return bytes;
}

void read_terms(std::string_view bytes, const Id& first_mailbox, Target& target) {
    const auto fixed = take_bytes<Fixed>(bytes);
    target.flags = fixed.flags;
    target.status = fixed.status;
    target.mailboxes.reserve(fixed.mailboxes);
    if (fixed.mailboxes > 0)
        target.mailboxes.push_back(first_mailbox);
    while (target.mailboxes.size() < fixed.mailboxes)
        target.mailboxes.push_back(take_bytes<Id>(bytes));
    if (fixed.has_user != 0)
        target.user = take_bytes<Id>(bytes);
    target.from_address = bytes.substr(0, fixed.from_address_size);
    target.auto_unpause_at = bytes.substr(fixed.from_address_size);
}

}  // namespace

TargetTable::TargetTable(std::uint64_t seed) : seed_(seed), ids_(seed), all_terms_(seed) {}

TargetIndex TargetTable::intern(const Target& target) {
    const auto sequence = ids_.foresee(target.sequence);
    const auto mailbox = ids_.foresee(target.mailboxes.empty() ? Id() : target.mailboxes.front());
    const std::uint32_t terms = all_terms_.add(terms_of(target));
    const Numbers numbers{ids_.add(sequence), ids_.add(mailbox)};
    const std::uint64_t hash = hash_of(numbers, terms);
    if (const auto known = slots_.find(hash, [&](TargetIndex index) {
            return targets_[index] == numbers && this->terms(index) == terms;
        }))
        return *known;
    slots_.add(hash, [this, all_numbers = AllNumbers::InOrder(targets_),
                      all_terms = AllTerms::InOrder(terms_)](TargetIndex index) mutable {
        return hash_of(all_numbers[index], index < terms_.size() ? all_terms[index] : 0);
    });
    if (terms != 0) {
        while (terms_.size() < targets_.size())
            terms_.push_back_blank();
        terms_.push_back(terms);
    }
    targets_.push_back(numbers);
    return static_cast<TargetIndex>(targets_.size() - 1);
}

Target TargetTable::operator[](TargetIndex index) const {
    const Numbers numbers = targets_[index];
    Target target;
    target.sequence = ids_[numbers.sequence];
    read_terms(all_terms_[terms(index)], ids_[numbers.mailbox], target);
    return target;
}

std::uint64_t TargetTable::hash_of(const Numbers& numbers, std::uint32_t terms) const {
    const std::array<std::uint32_t, 3> all{numbers.sequence, numbers.mailbox, terms};
    return seeded_hash(all.data(), sizeof all, seed_);
}

void TargetTable::call(const Id& stand_in, std::string_view name) {
    names_.try_emplace(stand_in, name);
}

const std::string* TargetTable::called(const Id& id) const {
    const auto found = names_.find(id);
    return found == names_.end() ? nullptr : &found->second;
}

// Ids first: to find a target again, two of them are looked at, and one target.
void TargetTable::keep_within(std::size_t most_bytes) {
    const auto left = [&](std::size_t taken) { return most_bytes - std::min(most_bytes, taken); };
    std::size_t taken = all_terms_.bytes() + slots_.bytes();
    ids_.keep_within(left(taken));
    taken += ids_.bytes();
    targets_.keep_within(left(taken));
    taken += targets_.bytes();
    terms_.keep_within(left(taken));
}

std::size_t TargetTable::bytes() const {
    return ids_.bytes() + all_terms_.bytes() + targets_.bytes() + terms_.bytes() + slots_.bytes();
}

}  // namespace seqload

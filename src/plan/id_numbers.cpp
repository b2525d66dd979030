#include "seqload/plan/id_numbers.hpp"

#include "seeded_hash.hpp"

#include <limits>
#include <stdexcept>

namespace seqload::plan {

namespace {

constexpr std::size_t first_ids = 12;

}  // namespace

std::uint32_t IdNumbers::add(const Id& id) {
    if (ids_.size() == ids_.capacity())
        grow();
    auto& slot = slots_[place_of(id)];
    if (slot == 0) {
        if (ids_.size() == std::numeric_limits<std::uint32_t>::max())
            throw std::length_error("there are more ids than numbers for them");
        ids_.push_back(id);
        slot = static_cast<std::uint32_t>(ids_.size());
    }
    return slot - 1;
}

std::optional<std::uint32_t> IdNumbers::find(const Id& id) const {
    if (ids_.empty())
        return std::nullopt;
    const auto slot = slots_[place_of(id)];
    return slot == 0 ? std::nullopt : std::optional(slot - 1);
}

// The place of the slot that has the id, or of the empty one that would get it.
std::size_t IdNumbers::place_of(const Id& id) const {
    auto place = place_for(seeded_hash(id.bytes().data(), Id::size, seed_), slots_.size());
    while (slots_[place] != 0 && ids_[slots_[place] - 1] != id)
        place = place + 1 == slots_.size() ? 0 : place + 1;
    return place;
}

// By half. There are always four slots for three ids, so that chains of neighbours
// stay short.
void IdNumbers::grow() {
    ids_.reserve(ids_.empty() ? first_ids : ids_.size() + ids_.size() / 2);
    slots_ = {};  // let go before the larger ones are taken
    slots_.resize(ids_.capacity() / 3 * 4 + 4);
    std::uint32_t number = 0;
    for (const Id& id : ids_)
        slots_[place_of(id)] = ++number;
}

std::size_t IdNumbers::bytes() const {
    return ids_.capacity() * sizeof(Id) + slots_.capacity() * sizeof slots_.front();
}

}  // namespace seqload::plan

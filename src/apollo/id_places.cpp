#include "id_places.hpp"

#include <functional>
#include <stdexcept>
#include <utility>

namespace seqload::apollo {

namespace {

// Enough for the answer to a batch of usual size.
constexpr std::size_t slots_at_first = 256;

}  // namespace

IdPlaces::Noted IdPlaces::note(const Id& id, std::size_t place) {
    if (2 * (taken_ + 1) > slots_.size())
        grow();
    Slot& slot = slots_[slot_of(id)];
    if (slot.place_and_one != 0)
        return {slot.place_and_one - std::size_t{1}, false};
    if (!std::in_range<std::uint32_t>(place + 1))
        throw std::length_error("an answer with more than four thousand million contacts");
    slot = {id, static_cast<std::uint32_t>(place + 1)};
    ++taken_;
    return {place, true};
}

std::optional<std::size_t> IdPlaces::find(const Id& id) const {
    if (slots_.empty())
        return std::nullopt;
    const Slot& slot = slots_[slot_of(id)];
    if (slot.place_and_one == 0)
        return std::nullopt;
    return slot.place_and_one - std::size_t{1};
}

// Where the id is, or else the free slot where it would be.
std::size_t IdPlaces::slot_of(const Id& id) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = std::hash<Id>()(id) & mask;
    while (slots_[slot].place_and_one != 0 && slots_[slot].id != id)
        slot = (slot + 1) & mask;
    return slot;
}

void IdPlaces::grow() {
    const std::size_t wanted = slots_.empty() ? slots_at_first : 2 * slots_.size();
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(wanted));
    for (const Slot& slot : before) {
        if (slot.place_and_one != 0)
            slots_[slot_of(slot.id)] = slot;
    }
}

}  // namespace seqload::apollo

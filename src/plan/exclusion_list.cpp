#include "seqload/plan/exclusion_list.hpp"

#include "seeded_hash.hpp"

#include <utility>

namespace seqload::plan {

namespace {

constexpr std::size_t first_places = 16;

bool is_full(std::size_t used, std::size_t places) {
    return used >= places - places / 5;  // four fifths: chains of neighbours stay short
}

}  // namespace

void ExclusionList::add(const Id& contact) {
    if (contact == Id()) {
        has_zero_ = true;
        return;
    }
    if (is_full(used_, places_.size()))
        grow();
    Id& place = places_[place_of(contact)];
    if (place == Id()) {
        place = contact;
        ++used_;
    }
}

bool ExclusionList::contains(const Id& contact) const {
    if (contact == Id())
        return has_zero_;
    return used_ != 0 && places_[place_of(contact)] == contact;
}

// Where the id is, or the empty place where it would go.
std::size_t ExclusionList::place_of(const Id& contact) const {
    auto place = place_for(seeded_hash(contact.bytes().data(), Id::size, seed_), places_.size());
    while (places_[place] != contact && places_[place] != Id())
        place = place + 1 == places_.size() ? 0 : place + 1;
    return place;
}

void ExclusionList::grow() {
    std::vector<Id> grown(places_.empty() ? first_places : places_.size() + places_.size() / 2);
    const auto earlier = std::exchange(places_, std::move(grown));
    for (const Id& contact : earlier) {
        if (contact != Id())
            places_[place_of(contact)] = contact;
    }
}

}  // namespace seqload::plan

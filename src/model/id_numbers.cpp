#include "seqload/model/id_numbers.hpp"

#include "seqload/base/seeded_hash.hpp"

namespace seqload {

std::uint32_t IdNumbers::add(const Id& id) {
    const std::uint64_t hash = hash_of(id);
    if (const auto known = find(id, hash))
        return *known;
    slots_.add(hash, [this](std::uint32_t number) { return hash_of(ids_[number]); });
    ids_.push_back(id);
    return static_cast<std::uint32_t>(ids_.size() - 1);
}

std::optional<std::uint32_t> IdNumbers::find(const Id& id) const {
    return find(id, hash_of(id));
}

std::optional<std::uint32_t> IdNumbers::find(const Id& id, std::uint64_t hash) const {
    return slots_.find(hash, [&](std::uint32_t number) { return ids_[number] == id; });
}

std::uint64_t IdNumbers::hash_of(const Id& id) const {
    return seeded_hash(id.bytes().data(), Id::size, seed_);
}

}  // namespace seqload

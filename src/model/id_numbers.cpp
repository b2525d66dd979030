#include "seqload/model/id_numbers.hpp"

#include "seqload/base/seeded_hash.hpp"

namespace seqload {

std::uint32_t IdNumbers::add(const Id& id) {
    return add(Foreseen{id, hash_of(id)});
}

IdNumbers::Foreseen IdNumbers::foresee(const Id& id) const {
    const std::uint64_t hash = hash_of(id);
    slots_.prefetch(hash);
    return {id, hash};
}

std::uint32_t IdNumbers::add(const Foreseen& foreseen) {
    const auto& [id, hash] = foreseen;
    if (const auto known = find(id, hash))
        return *known;
    slots_.add(hash, [this, ids = Ids::InOrder(ids_)](std::uint32_t number) mutable {
        return hash_of(ids[number]);
    });
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

#pragma once

// The people who are never to be added (--exclude), by their contact ids, at no
// more than 26 bytes each. Reading the files is the caller's work.

#include "seqload/model/id.hpp"
#include "seqload/model/id_numbers.hpp"

#include <cstddef>
#include <cstdint>

namespace seqload::plan {

// Not safe to share between threads while it grows; const access is.
class ExclusionList {
public:
    // seed: drawn at random (id_numbers.hpp says why).
    explicit ExclusionList(std::uint64_t seed) : contacts_(seed) {}

    // A contact may be added any number of times.
    void add(const Id& contact) { contacts_.add(contact); }

    bool contains(const Id& contact) const { return contacts_.find(contact).has_value(); }

    // How many different contacts were added.
    std::size_t size() const { return contacts_.size(); }
    bool empty() const { return size() == 0; }

private:
    IdNumbers contacts_;
};

}  // namespace seqload::plan

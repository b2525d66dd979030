#pragma once

// The people who are never to be added (--exclude). It holds their contact ids
// and nothing else, at 15 to 23 bytes each; reading the files is the caller's work.

#include "seqload/model/id.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace seqload::plan {

// Not safe to share between threads while it grows; const access is.
class ExclusionList {
public:
    // seed: drawn at random for each list, so that nobody can write a file of ids
    // that all fall on one place.
    explicit ExclusionList(std::uint64_t seed) : seed_(seed) {}

    // An id may be added any number of times.
    void add(const Id& contact);

    bool contains(const Id& contact) const;

    // How many different ids were added.
    std::size_t size() const { return used_ + (has_zero_ ? 1 : 0); }
    bool empty() const { return size() == 0; }

private:
    std::size_t place_of(const Id& contact) const;
    void grow();

    std::uint64_t seed_;
    std::vector<Id> places_;  // open addressing; the zero id is an empty place
    std::size_t used_ = 0;
    bool has_zero_ = false;
};

}  // namespace seqload::plan

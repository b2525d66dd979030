#pragma once

// Every target of a run, each once, in the order of first appearance. There may be as
// many as rows, so a target is kept as numbers: those of its sequence and of its first
// mailbox among all ids, and that of its terms, which are whatever else it says. Few
// terms are usual, and mostly they are those of the first target: then a target takes
// 15 bytes, and each of its two ids 19 if no other target has it. Where it is to be kept
// within less, a target or an id takes 6, and the rest lies in a file
// (base/spilling_array.hpp); not so terms.

#include "seqload/base/number_slots.hpp"
#include "seqload/base/spilling_array.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/id_numbers.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/text_numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace seqload {

// Not safe to share between threads while it grows; const access is, and so is
// intern() of targets that are in it.
class TargetTable {
public:
    // seed: drawn at random where targets are read from files, so that nobody can write
    // one whose targets all fall on one place.
    explicit TargetTable(std::uint64_t seed = 0);

    // The index of this target, which is added if it is new.
    TargetIndex intern(const Target& target);

    Target operator[](TargetIndex index) const;
    std::size_t size() const { return targets_.size(); }

    // Its sequence alone.
    Id sequence(TargetIndex index) const { return ids_[targets_[index].sequence]; }
    // The same for targets of the same sequence, and for no others.
    std::uint32_t sequence_number(TargetIndex index) const { return targets_[index].sequence; }
    // The same for targets that have as many mailboxes and agree in all but the ids of
    // the sequence and of the first mailbox. From 0 without gaps.
    std::uint32_t terms(TargetIndex index) const {
        return index < terms_.size() ? terms_[index] : 0;
    }

    // Notes the name that a stand-in (model/stand_in.hpp) stands for: the first one that is told.
    void call(const Id& stand_in, std::string_view name);

    // That name; nullptr: none was told.
    const std::string* called(const Id& id) const;
    bool calls_any() const { return !names_.empty(); }

    // Memory held, names aside.
    std::size_t bytes() const;

    // So many bytes its slots will take beyond those of now when so many targets more, all with ids
    // of their own, have been added.
    std::size_t bytes_to_come(std::size_t more) const {
        return ids_.bytes_to_come(2 * more) + slots_.bytes_to_come(more);
    }

    // From now on it holds no more than so many bytes, if a disk takes ids and targets, those that
    // came last: but always slots and terms, and 200 KiB besides.
    void keep_within(std::size_t most_bytes);

private:
    struct Numbers {
        std::uint32_t sequence = 0;
        std::uint32_t mailbox = 0;  // the first; that of the id of zeros, if there is none

        bool operator==(const Numbers&) const = default;
    };

    static constexpr std::size_t block_targets = std::size_t{1} << 12U;
    using AllNumbers = SpillingArray<Numbers, block_targets>;
    using AllTerms = SpillingArray<std::uint32_t, block_targets>;

    std::uint64_t hash_of(const Numbers& numbers, std::uint32_t terms) const;

    std::uint64_t seed_;
    IdNumbers ids_;
    TextNumbers all_terms_;  // as bytes
    AllNumbers targets_;
    // By target, up to the last one whose terms are not the first.
    AllTerms terms_;
    NumberSlots slots_;                          // of targets
    std::unordered_map<Id, std::string> names_;  // by stand-in
};

}  // namespace seqload

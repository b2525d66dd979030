#pragma once

// Who was asked for which sequence first: the memory of the first pass, in which
// the contacts of all rows are looked up. It is made to be small: at most 22 bytes
// a row (and half a MiB), at any moment, because it bounds how large an input may be;
// and 6 of them where it is told to keep within less.
//
//   entries   one per row, in the order of rows, so that an entry's place is its
//             row number: contact (12 bytes) and sequence number (4). Hardly any is looked
//             at again, so what memory has no room for lies in a file; and blocks of nothing
//             but rows that ask for nothing are nowhere, so that an archive of bad rows,
//             however many, takes no memory (base/spilling_array.hpp).
//   shards    256 hash tables of slots; the hash chooses shard and place. From there
//             a search goes once around the slots that share a line of the cache, and only
//             if all are taken on to the next line: mostly it waits for memory once.
//             A slot is 4 bytes: the number of the row whose entry is meant
//             and, in the bits that row numbers do not need yet, a piece of the hash,
//             so that hardly ever a wrong entry is fetched to be compared.
//
// A shard grows by half when it is seven eighths full. Shards begin with different
// sizes, so they grow at different times: never is much copied at once, and
// on average there are 1.4 slots for each contact, not more. To grow one is to look at its
// entries again, in no order; once some of these lie in the file, all shards grow at once
// instead, by a quarter, for which all entries are read in their order.

#include "seqload/base/spilling_array.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/row.hpp"
#include "seqload/plan/repeated_rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace seqload::plan {

// The caller's own number for a sequence; any but the largest.
using SequenceNumber = std::uint32_t;

class ContactIndex {
public:
    // seed: drawn at random for each run, so that nobody can write a file of ids
    // that all fall on one place.
    explicit ContactIndex(std::uint64_t seed);

    // The rows are told in order, from 1 without gaps, each by one of these three.

    // A row that asks for this contact in this sequence: nullopt if it is the
    // first one to do so, else the number of the first. If it throws, because memory or the disk
    // fails, the index is of no more use.
    std::optional<RowNumber> add(const Id& contact, SequenceNumber sequence);
    // A row found elsewhere to repeat an earlier one.
    void add_repeat(RowNumber repeated);
    // A row that asks for nothing.
    void add_other();

    struct Question {
        Id contact;
        SequenceNumber sequence = 0;
    };

    // A hint that add() will be called with the same, in this order and behind what was told
    // before: begins to fetch what it will look at. It is there best if as much comes in
    // between as is told at a time; of more than most_foreseen the first are forgotten.
    void prefetch(std::span<const Question> questions);
    static constexpr std::size_t most_foreseen = 64;

    // A hint that so many rows will come in all: room is made for them now, 5 bytes
    // each, instead of by and by. May be wrong.
    void expect(RowNumber rows);

    // From now on it holds no more than so many bytes, if a disk takes the entries: but always
    // least_bytes(), and a MiB besides.
    void keep_within(std::size_t most_bytes);
    std::size_t least_bytes() const;
    // So many bytes it may need beyond least_bytes() when so many more have been added.
    std::size_t bytes_to_come(RowNumber more) const;

    RowNumber rows() const { return static_cast<RowNumber>(entries_.size()); }

    // Memory held, that of the allocator's own bookkeeping aside.
    std::size_t bytes() const;

    // What the second pass needs; everything else is let go, and the index is as new.
    RepeatedRows take_repeats();

private:
    // In numbers, which fit into registers: hashing and comparing them touches no memory.
    struct Entry {
        std::uint64_t contact_head = 0;  // its first 8 bytes
        std::uint32_t contact_tail = 0;  // the others; or, of a repeat, the row repeated
        std::uint32_t sequence = 0;      // its number and one; 0: the entry is no contact's

        bool operator==(const Entry&) const = default;
    };
    using Entries = SpillingArray<Entry, std::size_t{1} << 15U>;

    struct Foreseen {
        Entry entry;
        std::uint64_t hash = 0;
    };

    struct Shard {
        std::shared_ptr<std::uint32_t[]> memory;  // may be a part of all shards' memory
        std::uint32_t* slots = nullptr;           // in it; 0: empty
        std::uint32_t capacity = 0;
        std::uint32_t used = 0;
        unsigned row_bits = 0;  // the lower bits of a slot; the others hold a piece of the hash
    };

    static constexpr std::size_t shard_count = 256;

    static Entry entry_of(const Id& contact, SequenceNumber sequence);
    std::uint64_t hash(const Entry& entry) const;
    std::uint64_t foreseen_hash(const Entry& entry);
    void prefetch_slot(std::uint64_t hash) const;
    void prefetch_entry(const Foreseen& next) const;
    void require_number() const;
    void open_shards();
    unsigned row_bits_for_now() const;
    void make_room(Shard& shard);
    void widen(Shard& shard) const;
    void rebuild(Shard& shard, std::uint32_t capacity) const;
    // The slots are so many, all 0.
    void rebuild(Shard& shard, std::uint32_t capacity,
                 std::shared_ptr<std::uint32_t[]> slots) const;
    void rebuild_all();
    static void put(Shard& shard, std::uint64_t hash, RowNumber row);

    std::uint64_t seed_;
    Entries entries_;  // that of row 1 first
    RowNumber repeats_ = 0;
    RowNumber expected_ = 0;
    std::array<Shard, shard_count> shards_;

    // What may still be asked, in a ring; counted from the first that ever was.
    std::array<Foreseen, most_foreseen> foreseen_{};
    std::size_t foreseen_from_ = 0;
    std::size_t foreseen_to_ = 0;
};

}  // namespace seqload::plan

#pragma once

// Who was asked for which sequence first: the memory of the first pass, in which
// the contacts of all rows are looked up. It is made to be small: at most 22 bytes
// a row (and half a MiB), at any moment, because it bounds how large an input may be.
//
//   entries   one per row, in the order of rows, so that an entry's place is its
//             row number: contact (12 bytes) and sequence number (4). Kept in
//             blocks of fixed size, which never move; one of nothing but rows that ask
//             for nothing is not there, so that an archive of bad rows, however many,
//             takes no memory.
//   shards    256 hash tables of slots with linear probing; the hash chooses shard and
//             place. A slot is 4 bytes: the number of the row whose entry is meant
//             and, in the bits that row numbers do not need yet, a piece of the hash,
//             so that hardly ever a wrong entry is fetched to be compared.
//
// A shard grows by half when it is seven eighths full. Shards begin with different
// sizes, so they grow at different times: never is much copied at once, and
// on average there are 1.4 slots for each contact, not more.

#include "seqload/model/id.hpp"
#include "seqload/model/row.hpp"
#include "seqload/plan/repeated_rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

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
    // first one to do so, else the number of the first.
    std::optional<RowNumber> add(const Id& contact, SequenceNumber sequence);
    // A row found elsewhere to repeat an earlier one.
    void add_repeat(RowNumber repeated);
    // A row that asks for nothing.
    void add_other();

    // A hint that add() will soon be called with the same: begins to fetch what it
    // will look at.
    void prefetch(const Id& contact, SequenceNumber sequence) const;

    // A hint that so many rows will come in all: room is made for them now, 5 bytes
    // each, instead of by and by. May be wrong.
    void expect(RowNumber rows);

    RowNumber rows() const { return rows_; }

    // Memory held, that of the allocator's own bookkeeping aside.
    std::size_t bytes() const;

    // What the second pass needs; everything else is let go, and the index is as new.
    RepeatedRows take_repeats();

private:
    struct Entry {
        std::array<std::uint8_t, Id::size> contact;  // or, of a repeat, the row repeated
        SequenceNumber sequence;

        bool operator==(const Entry&) const = default;
    };

    struct Shard {
        std::shared_ptr<std::uint32_t[]> memory;  // may be a part of all shards' memory
        std::uint32_t* slots = nullptr;           // in it; 0: empty
        std::uint32_t capacity = 0;
        std::uint32_t used = 0;
        unsigned row_bits = 0;  // the lower bits of a slot; the others hold a piece of the hash
    };

    static constexpr std::size_t shard_count = 256;

    std::uint64_t hash(const Entry& entry) const;
    const Entry& entry(RowNumber row) const;
    // Its place in the last block.
    std::uint32_t begin_row();
    void append(const Entry& entry);
    void append_no_contact(RowNumber repeated);
    void open_shards();
    void rebuild(Shard& shard, std::uint32_t capacity) const;
    // The slots are so many, all 0.
    void rebuild(Shard& shard, std::uint32_t capacity,
                 std::shared_ptr<std::uint32_t[]> slots) const;

    std::uint64_t seed_;
    RowNumber rows_ = 0;
    RowNumber repeats_ = 0;
    RowNumber expected_ = 0;
    std::vector<std::unique_ptr<Entry[]>> blocks_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace seqload::plan

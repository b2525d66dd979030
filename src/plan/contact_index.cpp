#include "seqload/plan/contact_index.hpp"

#include "large_array.hpp"
#include "seqload/base/seeded_hash.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

namespace seqload::plan {

namespace {

constexpr unsigned block_bits = 15;
constexpr std::uint32_t block_entries = 1U << block_bits;

// Marks an entry that is no contact's.
constexpr SequenceNumber no_contact = std::numeric_limits<SequenceNumber>::max();

// So far ahead a rebuild fetches the entries that it is going to hash; they
// lie anywhere in memory.
constexpr std::uint32_t fetched_ahead = 16;

std::uint32_t first_capacity(std::size_t shard, std::size_t shard_count) {
    return 64 + static_cast<std::uint32_t>(32 * shard / shard_count);
}

bool is_full(std::uint32_t used, std::uint32_t capacity) {
    return used >= capacity - capacity / 8;
}

std::uint32_t row_mask(unsigned row_bits) {
    return static_cast<std::uint32_t>((std::uint64_t{1} << row_bits) - 1);
}

// The piece of the hash that a slot carries above the row number: of those 24 bits
// that choose neither shard nor place, as many as there is room for.
std::uint32_t hash_piece(std::uint64_t hash, unsigned row_bits) {
    return static_cast<std::uint32_t>((hash >> 32U & 0xff'ffffU) << row_bits);
}

std::size_t shard_of(std::uint64_t hash) {
    return hash >> 56U;
}

constexpr std::uint32_t line_slots = 16;  // of 64 bytes
constexpr auto line_alignment = std::align_val_t{line_slots * sizeof(std::uint32_t)};

// The places where a search looks, in order; not all of them may be taken.
class Probe {
public:
    Probe(std::uint64_t hash, std::uint32_t capacity)
        : capacity_(capacity), place_(static_cast<std::uint32_t>(place_for(hash, capacity))) {
        begin_line(place_);
    }

    std::uint32_t place() const { return place_; }

    void go_on() {
        if (++place_ == line_end_)
            place_ = line_;
        if (place_ == first_)
            begin_line(line_end_ == capacity_ ? 0 : line_end_);
    }

private:
    void begin_line(std::uint32_t place) {
        place_ = first_ = place;
        line_ = place & ~(line_slots - 1);
        line_end_ = std::min(line_ + line_slots, capacity_);
    }

    std::uint32_t capacity_;
    std::uint32_t place_;
    std::uint32_t first_ = 0;  // looked at in this line
    std::uint32_t line_ = 0;
    std::uint32_t line_end_ = 0;
};

std::shared_ptr<std::uint32_t[]> empty_slots(std::uint32_t count) {
    return {new (line_alignment) std::uint32_t[count](),
            [](std::uint32_t* slots) { ::operator delete[](slots, line_alignment); }};
}

}  // namespace

ContactIndex::ContactIndex(std::uint64_t seed) : seed_(seed) {
    static_assert(sizeof(Entry) == 16);
    open_shards();
}

void ContactIndex::open_shards() {
    for (std::size_t i = 0; i < shard_count; ++i)
        rebuild(shards_[i], first_capacity(i, shard_count));
}

std::optional<RowNumber> ContactIndex::add(const Id& contact, SequenceNumber sequence) {
    const Entry wanted = entry_of(contact, sequence);
    const auto wanted_hash = foreseen_hash(wanted);
    Shard& shard = shards_[shard_of(wanted_hash)];
    const RowNumber row = rows_ + 1;
    if (is_full(shard.used, shard.capacity))
        rebuild(shard, shard.capacity + shard.capacity / 2);
    else if ((row & ~row_mask(shard.row_bits)) != 0)
        rebuild(shard, shard.capacity);

    const auto mask = row_mask(shard.row_bits);
    const auto piece = hash_piece(wanted_hash, shard.row_bits);
    Probe probe(wanted_hash, shard.capacity);
    for (; shard.slots[probe.place()] != 0; probe.go_on()) {
        const auto slot = shard.slots[probe.place()];
        if ((slot & ~mask) != piece)
            continue;
        const RowNumber first = slot & mask;
        if (entry(first) == wanted) {
            add_repeat(first);
            return first;
        }
    }
    append(wanted);
    shard.slots[probe.place()] = piece | row;
    ++shard.used;
    return std::nullopt;
}

void ContactIndex::expect(RowNumber rows) {
    expected_ = std::max(expected_, rows);
    // What fills seven eighths, and a twelfth more: the hash spreads unevenly. Whole lines, so
    // that each shard begins with one.
    const auto needed =
        static_cast<std::uint32_t>(std::uint64_t{expected_} * 26 / (21 * shard_count));
    const std::uint32_t capacity = (needed + line_slots - 1) / line_slots * line_slots;
    const auto is_small = [capacity](const Shard& shard) { return shard.capacity < capacity; };
    if (std::ranges::none_of(shards_, is_small))
        return;
    // In one piece: what every row goes to anywhere is worth large pages.
    const auto all = large_array(std::size_t{capacity} * shard_count);
    for (std::size_t i = 0; i < shard_count; ++i) {
        if (is_small(shards_[i]))
            rebuild(shards_[i], capacity, {all, all.get() + i * capacity});
    }
}

void ContactIndex::add_repeat(RowNumber repeated) {
    append({0, repeated, no_contact});
    ++repeats_;
}

void ContactIndex::add_other() {
    const auto place = begin_row();
    if (Entry* const block = blocks_.back().get())
        block[place] = Entry{0, 0, no_contact};
    ++rows_;
}

std::uint32_t ContactIndex::begin_row() {
    if (rows_ == std::numeric_limits<RowNumber>::max())
        throw std::length_error("there are more rows than row numbers");
    const auto place = rows_ % block_entries;
    if (place == 0)
        blocks_.emplace_back();
    return place;
}

void ContactIndex::append(const Entry& entry) {
    const auto place = begin_row();
    auto& block = blocks_.back();
    if (!block) {
        block = std::make_unique_for_overwrite<Entry[]>(block_entries);
        std::fill_n(block.get(), place, Entry{0, 0, no_contact});
    }
    block[place] = entry;
    ++rows_;
}

// In two steps: the slots of what was told last have come from memory meanwhile, and say
// which entries will be looked at.
void ContactIndex::prefetch(std::span<const Question> questions) {
    for (std::size_t i = foreseen_from_; i != foreseen_to_; ++i)
        prefetch_entry(foreseen_[i % most_foreseen]);
    for (const Question& question : questions) {
        Foreseen& next = foreseen_[foreseen_to_++ % most_foreseen];
        next.entry = entry_of(question.contact, question.sequence);
        next.hash = hash(next.entry);
        prefetch_slot(next);
    }
    if (foreseen_to_ - foreseen_from_ > most_foreseen)
        foreseen_from_ = foreseen_to_ - most_foreseen;
}

void ContactIndex::prefetch_slot(const Foreseen& next) const {
    const Shard& shard = shards_[shard_of(next.hash)];
    __builtin_prefetch(&shard.slots[place_for(next.hash, shard.capacity)]);
}

// Of a repeated row, the first slot is mostly that of the row it repeats.
void ContactIndex::prefetch_entry(const Foreseen& next) const {
    const Shard& shard = shards_[shard_of(next.hash)];
    const auto slot = shard.slots[place_for(next.hash, shard.capacity)];
    const auto mask = row_mask(shard.row_bits);
    if ((slot & mask) != 0 && (slot & ~mask) == hash_piece(next.hash, shard.row_bits))
        __builtin_prefetch(&entry(slot & mask));
}

ContactIndex::Entry ContactIndex::entry_of(const Id& contact, SequenceNumber sequence) {
    Entry entry{.contact_head = 0, .contact_tail = 0, .sequence = sequence};
    std::memcpy(&entry.contact_head, contact.bytes().data(), sizeof entry.contact_head);
    std::memcpy(&entry.contact_tail, contact.bytes().data() + sizeof entry.contact_head,
                sizeof entry.contact_tail);
    return entry;
}

std::uint64_t ContactIndex::hash(const Entry& entry) const {
    const std::array<std::uint64_t, 2> words{
        entry.contact_head, entry.contact_tail | std::uint64_t{entry.sequence} << 32U};
    return seeded_hash(words.data(), sizeof words, seed_);
}

std::uint64_t ContactIndex::foreseen_hash(const Entry& entry) {
    for (std::size_t i = foreseen_from_; i != foreseen_to_; ++i) {
        const Foreseen& next = foreseen_[i % most_foreseen];
        if (next.entry == entry) {
            foreseen_from_ = i + 1;
            return next.hash;
        }
    }
    return hash(entry);
}

const ContactIndex::Entry& ContactIndex::entry(RowNumber row) const {
    return blocks_[(row - 1) >> block_bits][(row - 1) % block_entries];
}

void ContactIndex::rebuild(Shard& shard, std::uint32_t capacity) const {
    rebuild(shard, capacity, empty_slots(capacity));
}

void ContactIndex::rebuild(Shard& shard, std::uint32_t capacity,
                           std::shared_ptr<std::uint32_t[]> memory) const {
    Shard rebuilt{.memory = std::move(memory), .capacity = capacity, .used = shard.used};
    rebuilt.slots = rebuilt.memory.get();
    // Most likely enough for the rows that will come until the next rebuild.
    const auto row_bits =
        std::bit_width(std::max(std::uint64_t{rows_} + rows_ / 2 + 1, std::uint64_t{expected_}));
    rebuilt.row_bits = std::clamp(static_cast<unsigned>(row_bits), 8U, 32U);

    const auto mask = row_mask(shard.row_bits);
    for (std::uint32_t i = 0; i < shard.capacity; ++i) {
        if (i + fetched_ahead < shard.capacity) {
            if (const RowNumber row = shard.slots[i + fetched_ahead] & mask)
                __builtin_prefetch(&entry(row));
        }
        const RowNumber row = shard.slots[i] & mask;
        if (row == 0)
            continue;
        const auto moved_hash = hash(entry(row));
        Probe probe(moved_hash, capacity);
        while (rebuilt.slots[probe.place()] != 0)
            probe.go_on();
        rebuilt.slots[probe.place()] = hash_piece(moved_hash, rebuilt.row_bits) | row;
    }
    shard = std::move(rebuilt);
}

std::size_t ContactIndex::bytes() const {
    const auto filled = static_cast<std::size_t>(
        std::ranges::count_if(blocks_, [](const auto& block) { return block != nullptr; }));
    std::size_t bytes = sizeof *this + blocks_.capacity() * sizeof blocks_.front() +
                        filled * block_entries * sizeof(Entry);
    for (const Shard& shard : shards_)
        bytes += shard.capacity * sizeof shard.slots[0];
    return bytes;
}

RepeatedRows ContactIndex::take_repeats() {
    shards_ = {};
    RepeatedRows repeats(rows_, repeats_);
    for (RowNumber row = 1; row <= rows_ && row != 0; ++row) {
        auto& block = blocks_[(row - 1) >> block_bits];
        if (!block)
            continue;
        const Entry& told = entry(row);
        if (told.sequence == no_contact && told.contact_tail != 0)
            repeats.add(row, told.contact_tail);
        // What was read is let go at once: both together would be the most memory of all.
        if (row % block_entries == 0)
            block.reset();
    }
    *this = ContactIndex(seed_);
    return repeats;
}

}  // namespace seqload::plan

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

// So far ahead a rebuild fetches the entries that it is going to hash, or the slots; they
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

std::uint32_t whole_lines(std::uint64_t slots) {
    return static_cast<std::uint32_t>((slots + line_slots - 1) / line_slots * line_slots);
}

// Of each shard, for so many contacts in all: what fills seven eighths, and a twelfth more,
// for the hash spreads unevenly.
std::uint32_t capacity_for(std::uint64_t contacts, std::size_t shards) {
    return whole_lines(contacts * 26 / (21 * shards));
}

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
    const RowNumber row = rows() + 1;
    if (is_full(shard.used, shard.capacity))
        make_room(shard);
    else if ((row & ~row_mask(shard.row_bits)) != 0)
        widen(shard);

    const auto mask = row_mask(shard.row_bits);
    const auto piece = hash_piece(wanted_hash, shard.row_bits);
    Probe probe(wanted_hash, shard.capacity);
    for (; shard.slots[probe.place()] != 0; probe.go_on()) {
        const auto slot = shard.slots[probe.place()];
        if ((slot & ~mask) != piece)
            continue;
        const RowNumber first = slot & mask;
        if (entries_[first - 1] == wanted) {
            add_repeat(first);
            return first;
        }
    }
    require_number();
    entries_.push_back(wanted);
    shard.slots[probe.place()] = piece | row;
    ++shard.used;
    return std::nullopt;
}

void ContactIndex::expect(RowNumber rows) {
    expected_ = std::max(expected_, rows);
    const std::uint32_t capacity = capacity_for(expected_, shard_count);
    const auto is_small = [capacity](const Shard& shard) { return shard.capacity < capacity; };
    if (std::ranges::none_of(shards_, is_small))
        return;
    if (entries_.is_spilled()) {
        rebuild_all();
        return;
    }
    // In one piece: what every row goes to anywhere is worth large pages.
    const auto all = large_array(std::size_t{capacity} * shard_count);
    for (std::size_t i = 0; i < shard_count; ++i) {
        if (is_small(shards_[i]))
            rebuild(shards_[i], capacity, {all, all.get() + i * capacity});
    }
}

void ContactIndex::keep_within(std::size_t most_bytes) {
    entries_.keep_within(most_bytes - std::min(most_bytes, least_bytes()));
}

void ContactIndex::add_repeat(RowNumber repeated) {
    require_number();
    entries_.push_back({.contact_head = 0, .contact_tail = repeated, .sequence = 0});
    ++repeats_;
}

void ContactIndex::add_other() {
    require_number();
    entries_.push_back_blank();
}

void ContactIndex::require_number() const {
    if (entries_.size() == std::numeric_limits<RowNumber>::max())
        throw std::length_error("there are more rows than row numbers");
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
        prefetch_slot(next.hash);
    }
    if (foreseen_to_ - foreseen_from_ > most_foreseen)
        foreseen_from_ = foreseen_to_ - most_foreseen;
}

void ContactIndex::prefetch_slot(std::uint64_t hash) const {
    const Shard& shard = shards_[shard_of(hash)];
    __builtin_prefetch(&shard.slots[place_for(hash, shard.capacity)]);
}

// Of a repeated row, the first slot is mostly that of the row it repeats.
void ContactIndex::prefetch_entry(const Foreseen& next) const {
    const Shard& shard = shards_[shard_of(next.hash)];
    const auto slot = shard.slots[place_for(next.hash, shard.capacity)];
    const auto mask = row_mask(shard.row_bits);
    if ((slot & mask) != 0 && (slot & ~mask) == hash_piece(next.hash, shard.row_bits))
        entries_.prefetch((slot & mask) - 1);
}

ContactIndex::Entry ContactIndex::entry_of(const Id& contact, SequenceNumber sequence) {
    Entry entry{.contact_head = 0, .contact_tail = 0, .sequence = sequence + 1};
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

// Most likely enough for the rows that will come until the next rebuild.
unsigned ContactIndex::row_bits_for_now() const {
    const auto row_bits =
        std::bit_width(std::max(std::uint64_t{rows()} + rows() / 2 + 1, std::uint64_t{expected_}));
    return std::clamp(static_cast<unsigned>(row_bits), 8U, 32U);
}

void ContactIndex::make_room(Shard& shard) {
    if (entries_.is_spilled())
        rebuild_all();
    else
        rebuild(shard, shard.capacity + shard.capacity / 2);
}

// More bits of a slot are the row's from now on, and fewer the hash's.
void ContactIndex::widen(Shard& shard) const {
    const unsigned row_bits = row_bits_for_now();
    const auto mask = row_mask(shard.row_bits);
    for (std::uint32_t& slot : std::span(shard.slots, shard.capacity))
        slot = (slot & ~mask) << (row_bits - shard.row_bits) | (slot & mask);
    shard.row_bits = row_bits;
}

// A row that is not there yet.
void ContactIndex::put(Shard& shard, std::uint64_t hash, RowNumber row) {
    Probe probe(hash, shard.capacity);
    while (shard.slots[probe.place()] != 0)
        probe.go_on();
    shard.slots[probe.place()] = hash_piece(hash, shard.row_bits) | row;
    ++shard.used;
}

void ContactIndex::rebuild(Shard& shard, std::uint32_t capacity) const {
    rebuild(shard, capacity, empty_slots(capacity));
}

void ContactIndex::rebuild(Shard& shard, std::uint32_t capacity,
                           std::shared_ptr<std::uint32_t[]> memory) const {
    Shard rebuilt{.memory = std::move(memory), .capacity = capacity};
    rebuilt.slots = rebuilt.memory.get();
    rebuilt.row_bits = row_bits_for_now();

    const auto mask = row_mask(shard.row_bits);
    for (std::uint32_t i = 0; i < shard.capacity; ++i) {
        if (i + fetched_ahead < shard.capacity) {
            if (const RowNumber row = shard.slots[i + fetched_ahead] & mask)
                entries_.prefetch(row - 1);
        }
        if (const RowNumber row = shard.slots[i] & mask)
            put(rebuilt, hash(entries_[row - 1]), row);
    }
    shard = std::move(rebuilt);
}

// The old slots go first. For a quarter more contacts.
void ContactIndex::rebuild_all() {
    const std::uint64_t most_used = std::ranges::max_element(shards_, {}, &Shard::used)->used;
    const std::uint32_t capacity =
        std::max(whole_lines(most_used * 10 / 7 + 1), capacity_for(expected_, shard_count));
    shards_ = {};
    const auto all = large_array(std::size_t{capacity} * shard_count);
    for (std::size_t i = 0; i < shard_count; ++i) {
        shards_[i] = {.memory = {all, all.get() + i * capacity},
                      .capacity = capacity,
                      .row_bits = row_bits_for_now()};
        shards_[i].slots = shards_[i].memory.get();
    }

    Entries::InOrder entries(entries_);
    std::array<std::uint64_t, fetched_ahead> hashes{};
    std::array<RowNumber, fetched_ahead> rows{};
    for (std::size_t next = 0; next < entries_.size();) {
        std::size_t count = 0;
        for (; next < entries_.size() && count < fetched_ahead; ++next) {
            const Entry entry = entries[next];
            if (entry.sequence == 0)
                continue;
            hashes[count] = hash(entry);
            rows[count++] = static_cast<RowNumber>(next + 1);
            prefetch_slot(hashes[count - 1]);
        }
        for (std::size_t i = 0; i < count; ++i)
            put(shards_[shard_of(hashes[i])], hashes[i], rows[i]);
    }
}

std::size_t ContactIndex::least_bytes() const {
    std::size_t bytes = sizeof *this;
    for (const Shard& shard : shards_)
        bytes += shard.capacity * sizeof shard.slots[0];
    return bytes;
}

// All shards at once; where each grows by itself, that is hardly worth the mention.
std::size_t ContactIndex::bytes_to_come(RowNumber more) const {
    const Shard& fullest = *std::ranges::max_element(shards_, {}, &Shard::used);
    const std::uint64_t used = fullest.used + std::uint64_t{more} / shard_count * 5 / 4;
    if (used < fullest.capacity - fullest.capacity / 8)
        return 0;
    return shard_count * (used * 10 / 7 - fullest.capacity) * sizeof fullest.slots[0];
}

std::size_t ContactIndex::bytes() const {
    return least_bytes() + entries_.bytes();
}

RepeatedRows ContactIndex::take_repeats() {
    shards_ = {};
    RepeatedRows repeats(rows(), repeats_);
    // What was read is let go at once: both together would be the most memory of all.
    entries_.drain([&](std::size_t index, const Entry& told) {
        if (told.sequence == 0 && told.contact_tail != 0)
            repeats.add(static_cast<RowNumber>(index + 1), told.contact_tail);
    });
    *this = ContactIndex(seed_);
    return repeats;
}

}  // namespace seqload::plan

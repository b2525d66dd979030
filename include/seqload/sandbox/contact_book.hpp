#pragma once

// All contacts of a world: some listed one by one, others generated in blocks.
// A generated contact takes no memory: everything about it follows from its
// block and its number, by formulas that a test can repeat (samples/README.md,
// "Generated contacts").

#include "seqload/model/id.hpp"
#include "seqload/sandbox/trait.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace seqload::sandbox {

// A contact's place in the book: listed ones first, then block by block.
using ContactIndex = std::uint32_t;
using LabelIndex = std::uint32_t;

struct ListedContact {
    Id id;
    std::string first_name;
    std::string last_name;
    std::string title;
    std::string company;
    std::string email;
    Traits traits;
    std::uint32_t account = 0;  // colleagues share a number; 0: nobody's colleague
    std::vector<LabelIndex> labels;
};

// Contacts whose number n (from 0) leaves `offset` when divided by `every` carry the label.
struct LabelStride {
    LabelIndex label = 0;
    std::uint32_t every = 1;
    std::uint32_t offset = 0;
};

// Contact n has the id: the 8 bytes of `prefix`, then n as 4 bytes, big-endian.
// Its trait is found by (n * 387) mod 1000, a number in [0, 1000) that is hit once by every
// thousand contacts: the first per_thousand[0] of these numbers are the first trait's, and so on;
// what is left over has no trait.
struct GeneratedBlock {
    std::array<std::uint8_t, 8> prefix{};
    std::uint32_t count = 0;
    std::array<std::uint32_t, trait_count> per_thousand{};
    std::vector<LabelStride> labels;
};

// What a contact's JSON shows of a person.
struct Profile {
    std::string first_name;
    std::string last_name;
    std::string title;
    std::string company;
    std::string email;  // also where the trait no_email hides it
};

class ContactBook {
public:
    // False if a contact of that id is there already.
    bool add(ListedContact contact);
    // False if the block overlaps one of the same prefix.
    bool add(GeneratedBlock block);

    std::uint32_t size() const { return size_; }
    std::optional<ContactIndex> find(const Id& id) const;

    Id id(ContactIndex index) const;
    Traits traits(ContactIndex index) const;
    Profile profile(ContactIndex index) const;
    std::uint32_t account(ContactIndex index) const;
    std::vector<LabelIndex> labels(ContactIndex index) const;

    // Calls visit for each contact that carries the label, in the book's order.
    void each_with_label(LabelIndex label, const std::function<void(ContactIndex)>& visit) const;
    std::uint32_t count_with_label(LabelIndex label) const;

private:
    struct Block {
        GeneratedBlock block;
        ContactIndex first = 0;
        std::array<Traits, 1000> traits_by_place{};
    };

    const Block& block_of(ContactIndex index) const;

    std::vector<ListedContact> listed_;
    std::unordered_map<Id, ContactIndex> listed_by_id_;
    std::vector<Block> blocks_;
    std::uint32_t size_ = 0;
};

}  // namespace seqload::sandbox

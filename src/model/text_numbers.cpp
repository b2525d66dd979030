#include "seqload/model/text_numbers.hpp"

#include "seqload/base/seeded_hash.hpp"

#include <algorithm>

namespace seqload {

namespace {

// Of texts one behind the other; a longer text has a page of its own.
constexpr std::size_t page_size = std::size_t{64} << 10U;

}  // namespace

std::uint32_t TextNumbers::add(std::string_view text) {
    const std::uint64_t hash = hash_of(text);
    if (const auto known =
            slots_.find(hash, [&](std::uint32_t number) { return (*this)[number] == text; }))
        return *known;
    slots_.add(hash, [this](std::uint32_t number) { return hash_of((*this)[number]); });
    std::string& page = page_with_room(text.size());
    places_.push_back({static_cast<std::uint32_t>(pages_.size() - 1),
                       static_cast<std::uint32_t>(page.size()),
                       static_cast<std::uint32_t>(text.size())});
    page += text;
    return static_cast<std::uint32_t>(places_.size() - 1);
}

std::string_view TextNumbers::operator[](std::uint32_t number) const {
    const Place& place = places_[number];
    return std::string_view(pages_[place.page]).substr(place.begin, place.size);
}

std::uint64_t TextNumbers::hash_of(std::string_view text) const {
    return seeded_hash(text.data(), text.size(), seed_);
}

// The last one. Only the first grows by and by.
std::string& TextNumbers::page_with_room(std::size_t size) {
    if (pages_.empty() || pages_.back().size() + size > page_size) {
        pages_.emplace_back();
        if (pages_.size() > 1)
            pages_.back().reserve(std::max(size, page_size));
    }
    return pages_.back();
}

std::size_t TextNumbers::bytes() const {
    std::size_t bytes =
        places_.bytes() + slots_.bytes() + pages_.capacity() * sizeof pages_.front();
    for (const std::string& page : pages_)
        bytes += page.capacity();
    return bytes;
}

}  // namespace seqload

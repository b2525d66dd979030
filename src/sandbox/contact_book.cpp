#include "seqload/sandbox/contact_book.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace seqload::sandbox {
namespace {

constexpr std::array<std::string_view, 32> first_names{
    "Ada",    "Amélie", "Anselm", "Bjørn",  "Chiara", "Dmitri", "Elif",  "Esther",
    "Fatima", "Grace",  "Hedwig", "Ines",   "Ivo",    "Jörg",   "Kenji", "Leila",
    "Lucía",  "Magnus", "Mei",    "Nils",   "Noémie", "Olga",   "Pavel", "Quinn",
    "Rania",  "Søren",  "Tomás",  "Ursula", "Viktor", "Wanda",  "Yusuf", "Zoë"};

constexpr std::array<std::string_view, 32> last_names{
    "Abel",     "Bianchi", "Castañeda", "Dąbrowski", "Eriksen", "Fournier", "García",  "Horváth",
    "Ivanova",  "Jensen",  "Kowalska",  "Lindqvist", "Møller",  "Nakamura", "O'Brien", "Petrov",
    "Quintero", "Rossi",   "Šimek",     "Tanaka",    "Ueda",    "Virtanen", "Weiß",    "Xu",
    "Yılmaz",   "Zhang",   "Andersson", "Beaumont",  "Ćosić",   "Dvořák",   "Faure",   "Haddad"};

constexpr std::array<std::string_view, 8> titles{
    "Head of Procurement", "VP Sales, EMEA",        "Chief Technology Officer",
    "Plant Manager",       "Director of Marketing", "Operations Manager",
    "Founder & CEO",       "Account Executive"};

constexpr std::array<std::string_view, 8> company_kinds{"Logistics", "Robotics", "Foods",  "Optics",
                                                        "Textiles",  "Energy",   "Marine", "Media"};

constexpr std::uint32_t place_count = 1000;
// Has no factor in common with 1000, so a thousand contacts in a row hit every place once.
constexpr std::uint64_t place_step = 387;

std::uint32_t place(std::uint32_t number) {
    return static_cast<std::uint32_t>(number * place_step % place_count);
}

std::uint32_t number_in(const Id& id) {
    const auto& bytes = id.bytes();
    return (std::uint32_t{bytes[8]} << 24) | (std::uint32_t{bytes[9]} << 16) |
           (std::uint32_t{bytes[10]} << 8) | std::uint32_t{bytes[11]};
}

bool has_prefix(const Id& id, const std::array<std::uint8_t, 8>& prefix) {
    return std::equal(prefix.begin(), prefix.end(), id.bytes().begin());
}

Profile generated_profile(std::uint32_t number) {
    const std::string count = std::to_string(number);
    return {.first_name = std::string(first_names[number % first_names.size()]),
            .last_name = std::string(last_names[number / first_names.size() % last_names.size()]),
            .title = std::string(titles[number / 7 % titles.size()]),
            .company = "Sample " + std::string(company_kinds[number / 3 % company_kinds.size()]) +
                       ' ' + count,
            .email = "person." + count + "@sample-" + count + ".example.com"};
}

}  // namespace

bool ContactBook::add(ListedContact contact) {
    if (!blocks_.empty())
        throw std::logic_error("ContactBook: listed contacts come before generated ones");
    if (!listed_by_id_.emplace(contact.id, size_).second)
        return false;
    listed_.push_back(std::move(contact));
    ++size_;
    return true;
}

bool ContactBook::add(GeneratedBlock block) {
    for (const Block& other : blocks_)
        if (other.block.prefix == block.prefix)
            return false;
    Block made;
    made.first = size_;
    std::uint32_t next = 0;
    for (std::size_t trait = 0; trait < trait_count; ++trait)
        for (std::uint32_t taken = 0; taken < block.per_thousand[trait]; ++taken) {
            if (next == place_count)
                throw std::invalid_argument("ContactBook: the shares exceed a thousand");
            made.traits_by_place[next++].set(static_cast<Trait>(trait));
        }
    size_ += block.count;
    made.block = std::move(block);
    blocks_.push_back(std::move(made));
    return true;
}

std::optional<ContactIndex> ContactBook::find(const Id& id) const {
    if (const auto found = listed_by_id_.find(id); found != listed_by_id_.end())
        return found->second;
    for (const Block& block : blocks_)
        if (has_prefix(id, block.block.prefix)) {
            const std::uint32_t number = number_in(id);
            if (number < block.block.count)
                return block.first + number;
        }
    return std::nullopt;
}

const ContactBook::Block& ContactBook::block_of(ContactIndex index) const {
    if (index >= size_)
        throw std::out_of_range("ContactBook: no such contact");
    auto block = blocks_.begin();
    while (index - block->first >= block->block.count)
        ++block;
    return *block;
}

Id ContactBook::id(ContactIndex index) const {
    if (index < listed_.size())
        return listed_[index].id;
    const Block& block = block_of(index);
    const std::uint32_t number = index - block.first;
    std::array<std::uint8_t, Id::size> bytes{};
    std::ranges::copy(block.block.prefix, bytes.begin());
    for (std::size_t byte = 0; byte < 4; ++byte)
        bytes[8 + byte] = static_cast<std::uint8_t>(number >> (24 - 8 * byte));
    return Id(bytes);
}

Traits ContactBook::traits(ContactIndex index) const {
    if (index < listed_.size())
        return listed_[index].traits;
    const Block& block = block_of(index);
    return block.traits_by_place[place(index - block.first)];
}

Profile ContactBook::profile(ContactIndex index) const {
    if (index < listed_.size()) {
        const ListedContact& contact = listed_[index];
        return {contact.first_name, contact.last_name, contact.title, contact.company,
                contact.email};
    }
    return generated_profile(index - block_of(index).first);
}

std::uint32_t ContactBook::account(ContactIndex index) const {
    return index < listed_.size() ? listed_[index].account : 0;
}

std::vector<LabelIndex> ContactBook::labels(ContactIndex index) const {
    if (index < listed_.size())
        return listed_[index].labels;
    const Block& block = block_of(index);
    std::vector<LabelIndex> found;
    for (const LabelStride& stride : block.block.labels)
        if ((index - block.first) % stride.every == stride.offset)
            found.push_back(stride.label);
    return found;
}

void ContactBook::each_with_label(LabelIndex label,
                                  const std::function<void(ContactIndex)>& visit) const {
    for (ContactIndex index = 0; index < listed_.size(); ++index)
        if (std::ranges::count(listed_[index].labels, label) > 0)
            visit(index);
    for (const Block& block : blocks_)
        for (const LabelStride& stride : block.block.labels)
            if (stride.label == label)
                for (std::uint64_t number = stride.offset; number < block.block.count;
                     number += stride.every)
                    visit(block.first + static_cast<std::uint32_t>(number));
}

std::uint32_t ContactBook::count_with_label(LabelIndex label) const {
    std::uint32_t count = 0;
    each_with_label(label, [&count](ContactIndex) { ++count; });
    return count;
}

}  // namespace seqload::sandbox

#include "seqload/input/cell_values.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>

namespace seqload::input {

namespace {

bool is_beyond_ascii(char character) {
    return static_cast<unsigned char>(character) >= 0x80;
}

bool is_letter_or_digit(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || is_beyond_ascii(character);
}

// The characters of an atom (RFC 5322, section 3.2.3).
bool is_atom_character(char character) {
    return is_letter_or_digit(character) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(character) != std::string_view::npos;
}

bool is_local_part(std::string_view text) {
    constexpr std::size_t longest = 64;
    return text.size() <= longest && std::ranges::all_of(split(text, '.'), [](auto atom) {
               return !atom.empty() && std::ranges::all_of(atom, is_atom_character);
           });
}

bool is_domain_label(std::string_view text) {
    constexpr std::size_t longest = 63;
    return !text.empty() && text.size() <= longest && text.front() != '-' && text.back() != '-' &&
           std::ranges::all_of(text, [](char character) {
               return is_letter_or_digit(character) || character == '-';
           });
}

}  // namespace

std::optional<Id> parse_id(std::string_view text) {
    return Id::parse(trimmed(text));
}

std::optional<std::vector<Id>> parse_mailboxes(std::string_view text) {
    if (const auto only = parse_id(text))  // as nearly always
        return std::vector{*only};
    std::vector<Id> mailboxes;
    for (const std::string_view part : split(text, ';')) {
        if (trimmed(part).empty())
            continue;
        const auto mailbox = parse_id(part);
        if (!mailbox)
            return std::nullopt;
        mailboxes.push_back(*mailbox);
    }
    if (mailboxes.empty())
        return std::nullopt;
    std::ranges::sort(mailboxes);
    const auto repeated = std::ranges::unique(mailboxes);
    mailboxes.erase(repeated.begin(), repeated.end());
    return mailboxes;
}

std::optional<bool> parse_flag(std::string_view text) {
    const std::string_view word = trimmed(text);
    const auto is = [word](std::string_view one) { return equal_ignoring_case(word, one); };
    if (is("true") || is("yes") || is("1"))
        return true;
    if (is("false") || is("no") || is("0"))
        return false;
    return std::nullopt;
}

std::optional<InitialStatus> parse_status(std::string_view text) {
    const std::string_view word = trimmed(text);
    for (const InitialStatus status : {InitialStatus::active, InitialStatus::paused}) {
        if (equal_ignoring_case(word, name(status)))
            return status;
    }
    return std::nullopt;
}

bool is_email_address(std::string_view text) {
    constexpr std::size_t longest = 254;
    const std::string_view address = trimmed(text);
    const std::size_t at = address.find('@');
    if (address.size() > longest || at == std::string_view::npos)
        return false;
    const auto labels = split(address.substr(at + 1), '.');
    return is_local_part(address.substr(0, at)) && labels.size() >= 2 &&
           std::ranges::all_of(labels, is_domain_label);
}

}  // namespace seqload::input

#pragma once

// Reads a JSON document for somebody who wants little of it: no text is copied,
// none is kept. What is asked of nlohmann's parser takes a step for every byte;
// here a step takes eight, and an answer of 350 KB a fifth of the time.
//
// It takes only what it is sure of. Where a document holds anything else (an
// exponent, a byte order mark, an error of any kind), it answers false, and
// nlohmann's parser has the last word (src/apollo/read_json.hpp).

#include "seqload/apollo/add_answer.hpp"
#include "seqload/apollo/json_string.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace seqload::apollo {

// Events has what nlohmann::json_sax has, all but the texts, numbers and keys: these are told as
// text(std::string_view), a number by its digits, and name(std::string_view), and stay valid
// until the next one. Those that answer false end the reading.
template <class Events>
class JsonSkimmer {
public:
    JsonSkimmer(std::string_view text, Events& events)
        : at_(text.data()), end_(text.data() + text.size()), events_(events) {}

    // Whether all of it is one document, and the events took it.
    bool read() {
        const bool is_value = value(0);
        skip_space();
        return is_value && at_ == end_;
    }

private:
    // The events refuse what is deeper; this only bounds the recursion whatever they do.
    static constexpr std::size_t deepest = answer_depth_limit + 1;
    // So that no number is beyond a double.
    static constexpr std::ptrdiff_t longest_number = 300;

    bool value(std::size_t depth) {
        skip_space();
        if (at_ == end_ || depth > deepest)
            return false;
        switch (*at_) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"': {
                const auto text = string(text_);
                return text && events_.text(*text);
            }
            case 't':
                return take("true") && events_.boolean(true);
            case 'f':
                return take("false") && events_.boolean(false);
            case 'n':
                return take("null") && events_.null();
            default: {
                const auto digits = number();
                return digits && events_.text(*digits);
            }
        }
    }

    bool object(std::size_t depth) {
        ++at_;
        if (!events_.start_object(unknown_size))
            return false;
        if (!take_sign('}')) {
            do {
                skip_space();
                if (at_ == end_ || *at_ != '"')
                    return false;
                const auto name = string(name_);
                if (!name || !take_sign(':'))
                    return false;
                events_.name(*name);
                if (!value(depth + 1))
                    return false;
            } while (take_sign(','));
            if (!take_sign('}'))
                return false;
        }
        return events_.end_object();
    }

    bool array(std::size_t depth) {
        ++at_;
        if (!events_.start_array(unknown_size))
            return false;
        if (!take_sign(']')) {
            do {
                if (!value(depth + 1))
                    return false;
            } while (take_sign(','));
            if (!take_sign(']'))
                return false;
        }
        return events_.end_array();
    }

    // Between its quotes; stays valid until the next string with escapes that goes
    // into the same storage.
    std::optional<std::string_view> string(std::string& storage) {
        const char* const begin = ++at_;
        bool has_escapes = false;
        for (;;) {
            at_ = plain_text_end(at_, end_);
            if (at_ == end_)
                return std::nullopt;
            if (*at_ == '"')
                break;
            if (*at_ == '\\') {
                has_escapes = true;
                if (end_ - at_ < 2)
                    return std::nullopt;
                ++at_;  // what is escaped may be a quote
            }
            const bool is_control = static_cast<unsigned char>(*at_) < 0x20;
            const std::size_t size = is_control ? 0 : character_size(at_, end_);
            if (size == 0)
                return std::nullopt;
            at_ += size;
        }
        const std::string_view text(begin, static_cast<std::size_t>(at_ - begin));
        ++at_;
        if (!has_escapes)
            return text;
        auto meant = unescaped(text);
        if (!meant)
            return std::nullopt;
        storage = std::move(*meant);
        return storage;
    }

    // Without an exponent.
    std::optional<std::string_view> number() {
        const char* const begin = at_;
        take_if('-');
        if (!take_if('0') && !take_digits())
            return std::nullopt;
        if (take_if('.') && !take_digits())
            return std::nullopt;
        const std::string_view digits(begin, static_cast<std::size_t>(at_ - begin));
        const bool goes_on = at_ != end_ && (is_digit(*at_) || *at_ == 'e' || *at_ == 'E');
        if (goes_on || at_ - begin > longest_number || digits == "-0")
            return std::nullopt;
        return digits;
    }

    static bool is_digit(char character) { return character >= '0' && character <= '9'; }

    bool take_digits() {
        const char* const begin = at_;
        at_ = std::find_if_not(at_, end_, is_digit);
        return at_ != begin;
    }

    bool take_if(char character) {
        if (at_ == end_ || *at_ != character)
            return false;
        ++at_;
        return true;
    }

    bool take_sign(char sign) {
        skip_space();
        return take_if(sign);
    }

    bool take(std::string_view word) {
        if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word))
            return false;
        at_ += word.size();
        return true;
    }

    void skip_space() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t'))
            ++at_;
    }

    static constexpr auto unknown_size = static_cast<std::size_t>(-1);

    const char* at_;
    const char* end_;
    Events& events_;
    std::string text_;
    std::string name_;
};

}  // namespace seqload::apollo

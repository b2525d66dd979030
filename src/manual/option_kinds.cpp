#include "seqload/manual/option_kinds.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace seqload::manual {

namespace {

constexpr const char* number_name = "N";

template <class Number>
std::optional<Number> number_in(const std::string& text) {
    Number number{};
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

// 0.001, 1000000
std::string text_of(double number) {
    std::string text(32, '\0');
    const auto [end, trouble] =
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    text.resize(static_cast<std::size_t>(end - text.data()));
    return text;
}

// Without a description, so that the help shows the name of the type alone.
CLI::Validator silent(std::function<std::string(std::string&)> check) {
    return CLI::Validator(std::move(check), std::string{});
}

template <class Number>
CLI::Option* takes_between(CLI::Option* option, Number least, Number most, std::string range) {
    return option->type_name(number_name)
        ->check(silent([least, most, range = std::move(range)](std::string& text) {
            const auto number = number_in<Number>(text);
            if (number && *number >= least && *number <= most)
                return std::string{};
            return joined("'", printable(text), "' is not a number from ", range);
        }));
}

}  // namespace

CLI::Option* takes_words(CLI::Option* option, const std::vector<std::string>& words) {
    std::string shown;
    for (const std::string& word : words)
        shown += joined(shown.empty() ? "" : "|", word);
    return option->type_name(shown)->check(silent([words](std::string& text) {
        if (std::ranges::find(words, text) != words.end())
            return std::string{};
        std::string expected;
        for (std::size_t i = 0; i < words.size(); ++i)
            expected += joined(i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
        return joined("'", printable(text), "' is not ", expected);
    }));
}

std::vector<std::string> words_of(const CLI::Option& option) {
    const std::string shown = option.get_type_name();
    const bool are_words =
        shown.find('|') != std::string::npos && std::ranges::all_of(shown, [](char letter) {
            return (letter >= 'a' && letter <= 'z') || letter == '|' || letter == '_';
        });
    std::vector<std::string> words;
    if (are_words) {
        for (const std::string_view word : split(shown, '|'))
            words.emplace_back(word);
    }
    return words;
}

CLI::Option* takes_number(CLI::Option* option, unsigned least, unsigned most) {
    return takes_between<unsigned>(option, least, most,
                                   joined(std::to_string(least), " to ", std::to_string(most)));
}

CLI::Option* takes_fraction(CLI::Option* option, double least, double most) {
    return takes_between<double>(option, least, most,
                                 joined(text_of(least), " to ", text_of(most)));
}

bool takes_numbers(const CLI::Option& option) {
    return option.get_type_name() == number_name;
}

}  // namespace seqload::manual

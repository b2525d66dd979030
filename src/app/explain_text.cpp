#include "seqload/app/explain_text.hpp"

#include "paragraph.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

constexpr std::size_t word_column = 2;
constexpr std::size_t meaning_column = 28;
constexpr std::size_t value_column = 17;

void add_line(std::string& text, std::string_view what, std::string_view value) {
    if (!value.empty())
        text +=
            joined(padded(joined("  ", what), value_column), wrapped(value, value_column), "\n");
}

std::string_view title(Subject subject) {
    switch (subject) {
        case Subject::status:
            return "What becomes of a row";
        case Subject::invalid:
            return "Why a row is invalid";
        case Subject::reason:
            return "Other reasons of seqload's";
        case Subject::apollo_reason:
            return "Reasons of Apollo's (an unknown one is passed on as it is)";
        case Subject::undo_status:
            return "What becomes of a contact that an undo takes back";
        case Subject::stop_reason:
            return "Why a run came to its end";
        case Subject::exit_code:
            return "Exit codes";
    }
    std::unreachable();
}

nlohmann::ordered_json or_null(std::string_view text) {
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

}  // namespace

std::string explanations_text(std::span<const Explanation* const> explanations) {
    std::string text;
    for (const Explanation* one : explanations) {
        text += text.empty() ? "" : "\n";
        text += joined(one->word, ": ", name(one->subject), "\n");
        text += joined("  ", wrapped(joined(one->meaning, "."), 2), "\n");
        add_line(text, "rows", one->of ? name(*one->of) : std::string_view());
        add_line(text, "sending again", describe(one->again));
        add_line(text, "option", one->option);
        add_line(text, "what to do", one->next);
        add_line(text, "command", one->command);
    }
    return text;
}

std::string catalogue_text(std::span<const Explanation* const> explanations) {
    std::string text;
    std::optional<Subject> subject;
    for (const Explanation* one : explanations) {
        if (subject != one->subject)
            text += joined(text.empty() ? "" : "\n", title(one->subject), "\n");
        subject = one->subject;
        std::string word = joined(std::string(word_column, ' '), one->word);
        if (word.size() + 1 > meaning_column)
            word += '\n' + std::string(meaning_column, ' ');
        text += joined(padded(word, meaning_column), wrapped(one->meaning, meaning_column), "\n");
    }
    return text + "\n`seqload explain WORD` says what to do about one of them.\n";
}

std::string explanations_json(std::span<const Explanation* const> explanations) {
    auto all = nlohmann::ordered_json::array();
    for (const Explanation* one : explanations) {
        all.push_back({{"subject", name(one->subject)},
                       {"word", one->word},
                       {"status", or_null(one->of ? name(*one->of) : std::string_view())},
                       {"meaning", one->meaning},
                       {"again", name(one->again)},
                       {"option", or_null(one->option)},
                       {"next", or_null(one->next)},
                       {"command", or_null(one->command)}});
    }
    return all.dump(2) + '\n';
}

}  // namespace seqload::app

#include "seqload/model/catalogue.hpp"

#include "row_explanations.hpp"
#include "run_explanations.hpp"
#include "seqload/base/edit_distance.hpp"
#include "seqload/base/joined.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace seqload {

namespace {

// "same_as_row_17" is same_as_row, and so on.
std::string_view without_its_own_part(std::string_view word) {
    constexpr std::array prefixes{reason::same_as_row, reason::known_from_run};
    for (const std::string_view prefix : prefixes) {
        if (word.starts_with(prefix) ||
            (prefix.ends_with('_') && word == prefix.substr(0, prefix.size() - 1)))
            return prefix;
    }
    return word;
}

bool is_reason(Subject subject) {
    return subject == Subject::invalid || subject == Subject::reason ||
           subject == Subject::apollo_reason;
}

}  // namespace

std::string_view name(Subject subject) {
    switch (subject) {
        case Subject::status:
            return "row status";
        case Subject::invalid:
            return "reason of an invalid row";
        case Subject::reason:
            return "reason";
        case Subject::apollo_reason:
            return "reason of Apollo's";
        case Subject::undo_status:
            return "status in an undo";
        case Subject::stop_reason:
            return "stop reason";
        case Subject::exit_code:
            return "exit code";
    }
    std::unreachable();
}

std::string_view describe(Again again) {
    switch (again) {
        case Again::not_needed:
            return "not needed: nothing is left to be done";
        case Again::useless:
            return "no: the same would come of it";
        case Again::once_mended:
            return "yes, once it is mended";
        case Again::helps:
            return "yes";
    }
    std::unreachable();
}

std::string_view name(Again again) {
    switch (again) {
        case Again::not_needed:
            return "not_needed";
        case Again::useless:
            return "useless";
        case Again::once_mended:
            return "once_mended";
        case Again::helps:
            return "helps";
    }
    std::unreachable();
}

std::vector<const Explanation*> all_explanations() {
    std::vector<const Explanation*> all;
    for (const auto part : {row_explanations(), run_explanations()}) {
        for (const Explanation& one : part)
            all.push_back(&one);
    }
    return all;
}

std::vector<const Explanation*> explain(std::string_view word) {
    const std::string_view sought = without_its_own_part(word);
    std::vector<const Explanation*> found;
    for (const Explanation* one : all_explanations()) {
        if (one->word == sought)
            found.push_back(one);
    }
    return found;
}

const Explanation* explain(Subject subject, std::string_view word) {
    for (const Explanation* one : explain(word)) {
        if (one->subject == subject)
            return one;
    }
    return nullptr;
}

const Explanation* explain(RowStatus status, std::string_view reason) {
    const Explanation* of_any_status = nullptr;
    for (const Explanation* one : explain(reason)) {
        if (!is_reason(one->subject))
            continue;
        if (one->of == status)
            return one;
        if (!one->of)
            of_any_status = one;
    }
    return of_any_status;
}

std::string advice(RowStatus status, std::string_view reason) {
    const Explanation* of_reason = explain(status, reason);
    const Explanation* told =
        of_reason != nullptr ? of_reason : explain(Subject::status, name(status));
    if (told == nullptr || told->next.empty())
        return {};
    return told->option.empty() ? std::string(told->next)
                                : joined(told->next, " (", told->option, ")");
}

std::optional<std::string_view> nearest_word(std::string_view word) {
    const std::size_t most = std::min<std::size_t>(4, std::max<std::size_t>(1, word.size() / 4));
    std::optional<std::string_view> nearest;
    std::size_t nearest_distance = most + 1;
    for (const Explanation* one : all_explanations()) {
        const std::size_t distance = edit_distance(word, one->word, most);
        if (one->subject != Subject::exit_code && distance < nearest_distance) {
            nearest = one->word;
            nearest_distance = distance;
        }
    }
    return nearest;
}

}  // namespace seqload

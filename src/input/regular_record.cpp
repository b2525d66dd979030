#include "seqload/input/regular_record.hpp"

#include <algorithm>

namespace seqload::input {

namespace {

class Regularizer {
public:
    Regularizer(std::string_view record, char separator, RegularRecord& regular)
        : rest_(record), separator_(separator), regular_(regular) {}

    void run() {
        cell();
        while (!rest_.empty()) {
            regular_.line += separator_;
            rest_.remove_prefix(1);
            cell();
        }
    }

private:
    // Takes a cell off the rest; what is left begins with a separator, or nothing is.
    void cell() {
        if (!rest_.empty() && rest_.front() == '"') {
            regular_.line += '"';
            quoted_part();
            doubled_quotes(without_outer_spaces(to_separator(), false));
            regular_.line += '"';
            return;
        }
        const std::string_view bare = without_outer_spaces(to_separator(), true);
        if (bare.find('"') == std::string_view::npos) {
            regular_.line += bare;
            return;
        }
        regular_.line += '"';
        doubled_quotes(bare);
        regular_.line += '"';
    }

    // From the opening quote to behind the closing one, or to the end.
    void quoted_part() {
        rest_.remove_prefix(1);
        while (!rest_.empty()) {
            const std::size_t special = std::min(rest_.find_first_of("\"\r\n"), rest_.size());
            regular_.line += rest_.substr(0, special);
            rest_.remove_prefix(special);
            if (rest_.empty())
                return;
            if (rest_.starts_with("\"\"")) {
                regular_.line += "\"\"";
                rest_.remove_prefix(2);
            } else if (rest_.front() == '"') {
                rest_.remove_prefix(1);
                return;
            } else {
                line_break();
            }
        }
    }

    void line_break() {
        ++regular_.line_breaks;
        if (rest_.front() == '\r') {
            regular_.line += '\r';
            rest_.remove_prefix(1);
            if (!rest_.starts_with('\n'))
                return;
        }
        regular_.line += '\n';
        rest_.remove_prefix(1);
    }

    std::string_view to_separator() {
        const std::string_view taken = rest_.substr(0, rest_.find(separator_));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view without_outer_spaces(std::string_view text, bool also_in_front) const {
        const auto is_space = [this](char character) {
            return character == ' ' || (character == '\t' && separator_ != '\t');
        };
        while (also_in_front && !text.empty() && is_space(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && is_space(text.back()))
            text.remove_suffix(1);
        return text;
    }

    void doubled_quotes(std::string_view text) {
        for (const char character : text) {
            if (character == '"')
                regular_.line += '"';
            regular_.line += character;
        }
    }

    std::string_view rest_;
    char separator_;
    RegularRecord& regular_;
};

}  // namespace

void regularize(std::string_view record, char separator, RegularRecord& regular) {
    regular.line.clear();
    regular.line_breaks = 0;
    Regularizer(record, separator, regular).run();
}

}  // namespace seqload::input

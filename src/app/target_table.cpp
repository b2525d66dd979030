#include "seqload/app/target_table.hpp"

#include "paragraph.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace seqload::app {

namespace {

constexpr std::string_view gap = "  ";
constexpr std::size_t narrowest_text = 8;  // "sequence"

using Numbers = std::array<std::string, 3>;

struct TableLine {
    std::string sequence;
    std::string mailbox;
    Numbers numbers;
    std::string parameters;
};

TableLine heading() {
    return {"sequence", "mailbox", {"rows", "labels", "requests"}, ""};
}

struct Widths {
    std::size_t sequence = 0;
    std::size_t mailbox = 0;
    std::array<std::size_t, 3> numbers{};

    std::size_t of_numbers() const {
        std::size_t sum = 0;
        for (const std::size_t width : numbers)
            sum += gap.size() + width;
        return sum;
    }
};

Widths widths_of(const std::vector<TableLine>& lines) {
    Widths widths;
    for (const TableLine& line : lines) {
        widths.sequence = std::max(widths.sequence, columns_of(line.sequence));
        widths.mailbox = std::max(widths.mailbox, columns_of(line.mailbox));
        for (std::size_t i = 0; i < line.numbers.size(); ++i)
            widths.numbers[i] = std::max(widths.numbers[i], line.numbers[i].size());
    }
    return widths;
}

std::string numbers_text(const Numbers& numbers, const Widths& widths) {
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        text += joined(gap, std::string(widths.numbers[i] - numbers[i].size(), ' '), numbers[i]);
    return text;
}

}  // namespace

std::string target_table(const std::vector<TargetLine>& targets,
                         std::optional<std::size_t> columns) {
    std::vector<TableLine> lines{heading()};
    for (const TargetLine& target : targets) {
        lines.push_back({target.sequence,
                         target.mailbox,
                         {grouped(target.rows), grouped(target.labels), grouped(target.requests)},
                         target.parameters});
    }
    Widths widths = widths_of(lines);
    const std::size_t room = columns.value_or(std::numeric_limits<std::size_t>::max());
    const bool is_flat =
        widths.sequence + gap.size() + widths.mailbox + widths.of_numbers() <= room;
    if (!is_flat) {
        const std::size_t left = room - std::min(room, widths.of_numbers());
        widths.sequence = std::clamp(left, narrowest_text, widths.sequence);
        widths.mailbox =
            std::max(std::min(widths.mailbox, room - std::min(room, gap.size())), narrowest_text);
    }
    std::string text;
    for (const TableLine& line : lines) {
        const std::string numbers = numbers_text(line.numbers, widths);
        const std::string sequence = padded(cut(line.sequence, widths.sequence), widths.sequence);
        const std::string mailbox = cut(line.mailbox, widths.mailbox);
        text += is_flat ? joined(sequence, gap, padded(mailbox, widths.mailbox), numbers, "\n")
                        : joined(sequence, numbers, "\n", gap, mailbox, "\n");
        if (!line.parameters.empty())
            text += joined(gap, wrapped(line.parameters, gap.size(), room), "\n");
    }
    return text;
}

}  // namespace seqload::app

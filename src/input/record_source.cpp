#include "seqload/input/record_source.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/input/cell_cutter.hpp"
#include "seqload/input/separator.hpp"

#include <algorithm>
#include <utility>

namespace seqload::input {

namespace {

// How far beyond its start a record is looked at: twice the limit tells a cell
// that is too long from a quote that nobody closes.
constexpr std::size_t horizon = 2 * most_record_bytes;
constexpr std::size_t window_capacity = 3 * most_record_bytes;

// A record of the longest length and its CRLF.
constexpr std::size_t reach = most_record_bytes + 2;

// How much is handed on of a line that is too long.
constexpr std::size_t most_shown_bytes = std::size_t{64} << 10U;

// The separator may be the tab, which then is no space.
bool is_blank(std::string_view line, char separator) {
    return line.find_first_not_of(separator == '\t' ? " " : " \t") == std::string_view::npos;
}

bool is_clean(std::string_view record) {
    return record.find('\0') == std::string_view::npos &&
           valid_utf8_prefix(record) == record.size();
}

}  // namespace

RecordSource::RecordSource(std::unique_ptr<ByteStream> bytes, std::optional<char> separator,
                           Extent extent)
    : window_(std::move(bytes), window_capacity), given_separator_(separator), extent_(extent) {}

Result<bool> RecordSource::fill(RecordBlock& block) {
    block.clear();
    if (!started_ && !error_) {
        if (auto begun = start(); !begun)
            error_ = std::move(begun.error());
    }
    while (!error_ && !done_ && !block.is_full()) {
        if (auto going = go_on(block); !going)
            error_ = std::move(going.error());
    }
    if (error_ && block.empty())
        return std::unexpected(*error_);
    return !block.empty();
}

Result<void> RecordSource::start() {
    started_ = true;
    while (!window_.is_full() && !window_.at_end()) {
        if (auto filled = window_.fill(); !filled)
            return filled;
    }
    if (const auto encoding = other_unicode_encoding(window_.text()))
        return fail(ErrorKind::unusable_input, joined("is ", *encoding, ", not UTF-8"), {},
                    "save it as CSV UTF-8, or convert it: iconv -f UTF-16 -t UTF-8");
    if (window_.text().starts_with(utf8_byte_order_mark))
        window_.consume(utf8_byte_order_mark.size());
    separator_ = given_separator_ ? *given_separator_ : find_separator(window_.text());
    return {};
}

Result<void> RecordSource::go_on(RecordBlock& block) {
    if (skipping_)
        return skip_rest_of_line();
    const PlainStretch stretch = cut_plain_records(window_.text(), separator_, block, line_);
    window_.consume(stretch.bytes);
    if (stretch.before_odd)
        return add_record(block);
    if (stretch.bytes > 0)
        return {};
    // A record of which only a part was seen.
    if (window_.text().size() <= block.room())
        return read_on(block);
    if (block.empty())
        return add_record(block);
    block.set_full();
    return {};
}

Result<void> RecordSource::read_on(RecordBlock& block) {
    if (!window_.at_end() && window_.text().size() < horizon) {
        if (extent_ == Extent::all)
            return window_.fill();
        done_ = true;
    } else if (window_.text().empty()) {
        done_ = true;
    } else {
        add_odd_record(block);
    }
    return {};
}

Result<void> RecordSource::add_record(RecordBlock& block) {
    const auto scan = ordinary_record();
    if (!scan)
        return read_on(block);
    const std::string_view record = window_.text().substr(0, scan->end);
    if (!is_blank(record, separator_)) {
        cut_cells(block.append(record), separator_, block.cells());
        block.end_record(line_, RecordProblem::none);
    }
    ++line_;
    window_.consume(scan->next);
    return {};
}

std::optional<RecordScan> RecordSource::ordinary_record() const {
    RecordScan scan;
    const std::string_view record = window_.text().substr(0, reach);
    advance(scan, record, separator_, true);
    const bool is_ordinary = scan.is_complete() && !scan.irregular &&
                             scan.end <= most_record_bytes && is_clean(record.substr(0, scan.end));
    return is_ordinary ? std::optional(scan) : std::nullopt;
}

void RecordSource::add_odd_record(RecordBlock& block) {
    const std::string_view text = window_.text();
    RecordScan scan;
    advance(scan, text.substr(0, reach), separator_, true);
    if (!scan.is_complete() && scan.first_break != RecordScan::none) {
        leap(scan);
        advance(scan, text.substr(0, reach), separator_);
    }
    if (scan.is_complete() && scan.end <= most_record_bytes) {
        add(text.substr(0, scan.end), RecordProblem::none, block);
        line_ += regular_.line_breaks;
        window_.consume(scan.next);
        return;
    }
    if (scan.first_break > most_record_bytes) {
        add(bounded(text, most_shown_bytes), RecordProblem::record_too_long, block);
        skipping_ = true;
        return;
    }
    if (!scan.is_complete())
        dead_end_ = DeadEnd{window_.offset() + scan.first_break, window_.offset() + scan.position,
                            scan.state};
    add(text.substr(0, scan.first_break), problem_without_end(scan), block);
    window_.consume(scan.first_break + (text.substr(scan.first_break).starts_with("\r\n") ? 2 : 1));
}

void RecordSource::leap(RecordScan& scan) const {
    if (!dead_end_)
        return;
    const std::uint64_t first_break = window_.offset() + scan.first_break;
    if (first_break < dead_end_->first_break || first_break >= dead_end_->position)
        return;
    scan.position = static_cast<std::size_t>(dead_end_->position - window_.offset());
    scan.state = dead_end_->state;
}

RecordProblem RecordSource::problem_without_end(const RecordScan& scan) {
    if (scan.is_complete() || scan.state != CellState::quoted)
        return RecordProblem::record_too_long;
    const std::string_view text = window_.text().substr(0, horizon);
    std::uint64_t from = window_.offset() + scan.position;
    if (from >= no_quote_from_ && from < no_quote_to_)
        from = no_quote_to_;
    else
        no_quote_from_ = from;
    const auto start = std::min(static_cast<std::size_t>(from - window_.offset()), text.size());
    const std::size_t quote = std::min(text.find('"', start), text.size());
    no_quote_to_ = window_.offset() + quote;
    return quote < text.size() ? RecordProblem::record_too_long : RecordProblem::unterminated_quote;
}

void RecordSource::add(std::string_view record, RecordProblem problem, RecordBlock& block) {
    if (!is_clean(record)) {
        mend(record, mended_);
        record = mended_.text;
        if (problem == RecordProblem::none)
            problem = mended_.had_bad_utf8 ? RecordProblem::bad_utf8 : RecordProblem::nul_byte;
    }
    regularize(record, separator_, regular_);
    const std::uint64_t line = line_++;
    if (is_blank(regular_.line, separator_))
        return;
    cut_cells(block.append(regular_.line), separator_, block.cells());
    block.end_record(line, problem);
}

Result<void> RecordSource::skip_rest_of_line() {
    while (true) {
        const std::string_view text = window_.text();
        const std::size_t line_break = text.find_first_of("\r\n");
        // A LF may follow a CR at the end of the window.
        const bool is_told =
            line_break + 1 < text.size() || (line_break < text.size() && text[line_break] == '\n');
        if (line_break < text.size() && (is_told || window_.at_end())) {
            window_.consume(line_break + (text.substr(line_break).starts_with("\r\n") ? 2 : 1));
            break;
        }
        window_.consume(std::min(line_break, text.size()));
        if (window_.at_end())
            break;
        if (auto filled = window_.fill(); !filled)
            return filled;
    }
    skipping_ = false;
    return {};
}

}  // namespace seqload::input

#include "seqload/input/record_source.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/input/separator.hpp"

#include <algorithm>
#include <cstring>

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

// Whether a byte needs a closer look wherever it stands.
constexpr bool is_special(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte >= 0x80 || character == '"' || character == '\0' || character == '\r';
}

// Length of the beginning in which nothing needs a closer look: ASCII without
// quotes and NUL, each CR followed by a LF.
std::size_t plain_prefix(std::string_view text) {
    constexpr std::size_t block = 64;
    std::size_t position = 0;
    while (position < text.size()) {
        if (position + block <= text.size()) {
            // Without a branch inside, so that the compiler makes vector code of it.
            unsigned char any = 0;
            for (std::size_t index = 0; index < block; ++index)
                any |= static_cast<unsigned char>(is_special(text[position + index]));
            if (any == 0) {
                position += block;
                continue;
            }
        }
        const std::size_t end = std::min(position + block, text.size());
        for (; position < end; ++position) {
            if (!is_special(text[position]))
                continue;
            const bool is_crlf =
                text[position] == '\r' && text.substr(position).starts_with("\r\n");
            if (!is_crlf)
                return position;
        }
    }
    return position;
}

// The start of the line that reaches the end, where nothing from start to end
// is special; or the start of the first line that is too long.
std::size_t behind_whole_lines(std::string_view text, std::size_t start, std::size_t end) {
    while (end - start > most_record_bytes) {
        const std::size_t last = text.substr(start, most_record_bytes + 1).rfind('\n');
        if (last != std::string_view::npos)
            start += last + 1;
        else if (text.substr(start + most_record_bytes).starts_with("\r\n"))
            start += reach;
        else
            return start;
        if (start >= end)
            return start;
    }
    const std::size_t last = text.substr(start, end - start).rfind('\n');
    return last == std::string_view::npos ? start : start + last + 1;
}

bool is_clean(std::string_view record) {
    return record.find('\0') == std::string_view::npos &&
           valid_utf8_prefix(record) == record.size();
}

}  // namespace

RecordSource::RecordSource(std::unique_ptr<ByteStream> bytes, std::optional<char> separator,
                           std::shared_ptr<SourceNotes> notes, Extent extent)
    : window_(std::move(bytes), window_capacity),
      given_separator_(separator),
      notes_(std::move(notes)),
      extent_(extent) {}

int RecordSource::read(char* buffer, int size) {
    const auto wanted = static_cast<std::size_t>(size);
    std::size_t filled = 0;
    while (filled < wanted) {
        std::string_view& part = ready_[0].empty() ? ready_[1] : ready_[0];
        if (part.empty()) {
            if (done_)
                break;
            prepare();
            continue;
        }
        const std::size_t copied = part.copy(buffer + filled, wanted - filled);
        part.remove_prefix(copied);
        filled += copied;
    }
    return static_cast<int>(filled);
}

void RecordSource::prepare() {
    const Result<void> prepared = started_ ? prepare_lines() : start();
    if (prepared)
        return;
    notes_->error = prepared.error();
    control_.clear();
    append_to(control_, ControlLine{.failed = true});
    ready_ = {control_, {}};
    done_ = true;
}

Result<void> RecordSource::start() {
    started_ = true;
    if (auto filled = window_.fill(); !filled)
        return filled;
    if (const auto encoding = other_unicode_encoding(window_.text()))
        return fail(ErrorKind::unusable_input, joined("is ", *encoding, ", not UTF-8"), {},
                    "save it as CSV UTF-8, or convert it: iconv -f UTF-16 -t UTF-8");
    if (window_.text().starts_with(utf8_byte_order_mark))
        window_.consume(utf8_byte_order_mark.size());
    separator_ = given_separator_ ? *given_separator_ : find_separator(window_.text());
    notes_->separator = separator_;
    return {};
}

Result<void> RecordSource::prepare_lines() {
    if (skipping_)
        return skip_rest_of_line();
    if (const std::size_t stretch = ordinary_stretch(); stretch > 0) {
        control_.clear();
        if (skipped_lines_ > 0)
            append_to(control_, ControlLine{.skipped_lines = skipped_lines_});
        skipped_lines_ = 0;
        ready_ = {control_, window_.text().substr(0, stretch)};
        window_.consume(stretch);
        return {};
    }
    if (!window_.at_end() && window_.text().size() < horizon) {
        if (extent_ == Extent::all)
            return window_.fill();
        done_ = true;
        return {};
    }
    if (window_.text().empty()) {
        done_ = true;
        return {};
    }
    emit_odd_record();
    return {};
}

std::size_t RecordSource::ordinary_stretch() const {
    const std::string_view text = window_.text();
    std::size_t ordinary = 0;
    while (true) {
        const std::size_t special = ordinary + plain_prefix(text.substr(ordinary));
        ordinary = behind_whole_lines(text, ordinary, special);
        if (special == text.size())
            return ordinary;
        const std::size_t behind = behind_ordinary_record(text, ordinary);
        if (behind == ordinary)
            return ordinary;
        ordinary = behind;
    }
}

std::size_t RecordSource::behind_ordinary_record(std::string_view text, std::size_t start) const {
    RecordScan scan;
    const std::string_view record = text.substr(start, reach);
    advance(scan, record, separator_, true);
    const bool is_ordinary = scan.is_complete() && !scan.irregular &&
                             scan.end <= most_record_bytes && record[scan.next - 1] == '\n' &&
                             is_clean(record.substr(0, scan.end));
    return is_ordinary ? start + scan.next : start;
}

void RecordSource::emit_odd_record() {
    const std::string_view text = window_.text();
    RecordScan scan;
    advance(scan, text.substr(0, reach), separator_, true);
    if (!scan.is_complete() && scan.first_break != RecordScan::none) {
        leap(scan);
        advance(scan, text.substr(0, reach), separator_);
    }
    if (scan.is_complete() && scan.end <= most_record_bytes) {
        emit(text.substr(0, scan.end), RecordProblem::none);
        skipped_lines_ = regular_.line_breaks;
        window_.consume(scan.next);
        return;
    }
    if (scan.first_break > most_record_bytes) {
        emit(bounded(text, most_shown_bytes), RecordProblem::record_too_long);
        skipping_ = true;
        return;
    }
    if (!scan.is_complete())
        dead_end_ = DeadEnd{window_.offset() + scan.first_break, window_.offset() + scan.position,
                            scan.state};
    emit(text.substr(0, scan.first_break), problem_without_end(scan));
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

void RecordSource::emit(std::string_view record, RecordProblem problem) {
    if (!is_clean(record)) {
        mend(record, mended_);
        record = mended_.text;
        if (problem == RecordProblem::none)
            problem = mended_.had_bad_utf8 ? RecordProblem::bad_utf8 : RecordProblem::nul_byte;
    }
    regularize(record, separator_, regular_);
    regular_.line += '\n';
    const ControlLine control{
        .problem = problem, .folded = regular_.folded, .skipped_lines = skipped_lines_};
    control_.clear();
    if (control != ControlLine{})
        append_to(control_, control);
    ready_ = {control_, regular_.line};
    skipped_lines_ = 0;
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

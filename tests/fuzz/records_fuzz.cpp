// Whatever a text holds: it is cut into the records that a slow reading of it finds,
// one by one and byte by byte, with the same lines, problems and cells; and the cells
// are clean UTF-8.

#include "fuzz/must.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/cell_cutter.hpp"
#include "seqload/input/record_block.hpp"
#include "seqload/input/record_scan.hpp"
#include "seqload/input/record_source.hpp"
#include "seqload/input/regular_record.hpp"
#include "seqload/input/separator.hpp"
#include "seqload/input/text_encoding.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace seqload;
using namespace seqload::input;
using fuzz::must;

class MemoryStream final : public ByteStream {
public:
    explicit MemoryStream(std::string_view text) : rest_(text) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        const std::size_t part = rest_.copy(buffer, size);
        rest_.remove_prefix(part);
        return part;
    }

private:
    std::string_view rest_;
};

struct Seen {
    std::uint64_t line = 0;
    RecordProblem problem = RecordProblem::none;
    std::vector<std::string> cells;

    bool operator==(const Seen&) const = default;
};

// nullopt: the source refuses the text.
std::optional<std::vector<Seen>> records_of(std::string_view text, char separator) {
    RecordSource source(std::make_unique<MemoryStream>(text), separator, RecordSource::Extent::all);
    std::vector<Seen> seen;
    RecordBlock block;
    while (true) {
        const auto filled = source.fill(block);
        if (!filled)
            return std::nullopt;
        if (!*filled)
            return seen;
        for (std::size_t index = 0; index < block.size(); ++index) {
            const Record record = block.record(index);
            seen.push_back(
                {record.line, record.problem, {record.cells.begin(), record.cells.end()}});
        }
    }
}

class SlowReading {
public:
    SlowReading(std::string_view text, char separator) : text_(text), separator_(separator) {
        if (text_.starts_with(utf8_byte_order_mark))
            text_.erase(0, utf8_byte_order_mark.size());
        if (!text_.empty() && !text_.ends_with('\n'))
            text_ += '\n';
    }

    std::vector<Seen> records() {
        for (std::string_view rest = text_; !rest.empty();) {
            RecordScan scan;
            advance(scan, rest, separator_);
            if (scan.is_complete()) {
                add(rest.substr(0, scan.end), RecordProblem::none);
                line_ += regular_.line_breaks;
                rest.remove_prefix(scan.next);
            } else {
                add(rest.substr(0, scan.first_break), RecordProblem::unterminated_quote);
                rest.remove_prefix(scan.first_break);
                rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
            }
        }
        return seen_;
    }

private:
    void add(std::string_view record, RecordProblem problem) {
        mend(record, mended_);
        if (problem == RecordProblem::none && mended_.had_nul)
            problem = RecordProblem::nul_byte;
        if (problem != RecordProblem::unterminated_quote && mended_.had_bad_utf8)
            problem = RecordProblem::bad_utf8;
        regularize(mended_.text, separator_, regular_);
        const std::uint64_t line = line_++;
        if (regular_.line.empty())
            return;
        std::string copy = regular_.line;
        std::vector<std::string_view> cells;
        cut_cells(copy.data(), separator_, cells);
        seen_.push_back({line, problem, {cells.begin(), cells.end()}});
    }

    std::string text_;
    char separator_;
    std::uint64_t line_ = 1;
    MendedText mended_;
    RegularRecord regular_;
    std::vector<Seen> seen_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || size > most_record_bytes)
        return 0;
    // The first byte chooses the separator.
    const char separator = separators[data[0] % separators.size()];
    std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto records = records_of(text, separator);
    const auto expected = SlowReading(text, separator).records();
    // The last line always gets an end, which is looked at, too.
    if (!text.empty() && !text.ends_with('\n'))
        text += '\n';
    must(records.has_value() != other_unicode_encoding(text).has_value(),
         "only other encodings are refused");
    if (!records)
        return 0;
    must(*records == SlowReading(text, separator).records(),
         "the records are those that there are");
    for (const Seen& record : *records) {
        must(!record.cells.empty(), "a record has a cell");
        for (const std::string& cell : record.cells) {
            must(valid_utf8_prefix(cell) == cell.size(), "a cell is valid UTF-8");
            must(cell.find('\0') == std::string::npos, "no cell holds NUL");
        }
    }
    return 0;
}

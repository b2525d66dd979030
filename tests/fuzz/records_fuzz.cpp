// Whatever a text holds: it is cut into records whose lines ascend, whose cells
// are clean UTF-8, and which do not depend on how much is read at a time.

#include "fuzz/must.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/cell_cutter.hpp"
#include "seqload/input/control_line.hpp"
#include "seqload/input/record_source.hpp"
#include "seqload/input/separator.hpp"
#include "seqload/input/text_encoding.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
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

// All that the source gives, asked for in portions.
std::string lines_of(std::string_view text, char separator, int portion) {
    RecordSource source(std::make_unique<MemoryStream>(text), separator,
                        std::make_shared<SourceNotes>());
    std::string lines;
    std::string buffer(static_cast<std::size_t>(portion), '\0');
    while (true) {
        const int size = source.read(buffer.data(), portion);
        must(size >= 0 && size <= portion, "a read gives no more than was asked for");
        lines.append(buffer, 0, static_cast<std::size_t>(size));
        if (size < portion)
            return lines;
    }
}

void cells_are_clean(std::string line, char separator, bool folded) {
    must(line.find('\0') == std::string::npos, "no line holds NUL");
    must(line.find(control_mark) == std::string::npos, "only control lines hold their mark");
    must(folded || line.find(folded_line_feed) == std::string::npos, "folded lines say so");
    std::vector<std::string_view> cells;
    cut_cells(line.data(), separator, folded, cells);
    must(!cells.empty(), "a record has a cell");
    for (const std::string_view cell : cells)
        must(valid_utf8_prefix(cell) == cell.size(), "a cell is valid UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    // The first byte chooses the separator and how much is read at a time.
    const char separator = separators[data[0] % separators.size()];
    const int portion = data[0] / 4 + 1;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string lines = lines_of(text, separator, 1 << 16);
    must(lines == lines_of(text, separator, portion), "portions do not matter");
    must(lines.empty() || lines.back() == '\n', "the last line has an end");

    std::uint64_t line_number = 0;
    bool folded = false;
    for (std::string_view rest = lines; !rest.empty();) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (const auto control = read_control_line(line)) {
            line_number += control->skipped_lines;
            folded = control->folded;
            continue;
        }
        ++line_number;
        cells_are_clean(std::string(line), separator, folded);
        folded = false;
    }
    const auto breaks = std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; });
    must(line_number <= static_cast<std::uint64_t>(breaks) + 1, "no line is counted twice");
    return 0;
}

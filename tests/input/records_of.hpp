#pragma once

// Records read from text in memory.

#include "seqload/input/byte_stream.hpp"
#include "seqload/input/record_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seqload::test {

class MemoryStream final : public input::ByteStream {
public:
    explicit MemoryStream(std::string text) : text_(std::move(text)) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        const std::size_t part = text_.copy(buffer, size, position_);
        position_ += part;
        return part;
    }

private:
    std::string text_;
    std::size_t position_ = 0;
};

struct SeenRecord {
    std::uint64_t line = 0;
    char problem = '-';
    std::vector<std::string> cells;

    bool operator==(const SeenRecord&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const SeenRecord& record) {
    out << "line " << record.line << ' ' << record.problem;
    for (const std::string& cell : record.cells)
        out << " [" << cell.substr(0, 60) << (cell.size() > 60 ? "…]" : "]");
    return out;
}

// Throws the error if there is one.
inline std::vector<SeenRecord> records_of(std::string text, std::optional<char> separator = ',') {
    input::RecordReader reader("memory", std::make_unique<MemoryStream>(std::move(text)),
                               separator);
    std::vector<SeenRecord> seen;
    input::Record record;
    while (reader.next(record).value()) {
        seen.push_back({record.line,
                        static_cast<char>(record.problem),
                        {record.cells.begin(), record.cells.end()}});
    }
    return seen;
}

}  // namespace seqload::test

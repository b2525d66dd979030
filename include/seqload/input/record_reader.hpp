#pragma once

// The records of one file, each with the line on which it starts.

#include "seqload/base/error.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/control_line.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace seqload::input {

struct Record {
    std::uint64_t line = 0;  // physical line, from 1
    RecordProblem problem = RecordProblem::none;
    bool folded = false;   // its cells hold folded_line_feed
    char* text = nullptr;  // ends with NUL; may be written to; valid until the next record
};

class RecordReader {
public:
    // name: as the errors call the file. separator: nullopt to find it.
    RecordReader(std::string name, std::unique_ptr<ByteStream> bytes,
                 std::optional<char> separator);

    // Only the records at the beginning, enough to find the header.
    static RecordReader of_beginning(std::string name, std::unique_ptr<ByteStream> bytes,
                                     std::optional<char> separator);

    RecordReader(RecordReader&&) noexcept;
    ~RecordReader();

    // The next record that is not blank; false at the end.
    Result<bool> next(Record& record);

    char separator() const;

private:
    class Lines;  // hides the parser's header

    explicit RecordReader(std::unique_ptr<Lines> lines);

    std::unique_ptr<Lines> lines_;
    std::uint64_t line_ = 0;
};

}  // namespace seqload::input

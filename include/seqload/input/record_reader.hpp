#pragma once

// The records of one file, each with the line on which it starts.

#include "seqload/base/error.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/record.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace seqload::input {

// To be used by one thread at a time. What is more than a block of text is read,
// unpacked and cut on a thread of its own.
class RecordReader {
public:
    // Fills in the outline of each record in order; on one thread at a time, which need not
    // be the one that asks for the records.
    using Outline = std::function<void(const Record&, RowOutline&)>;

    // name: as the errors call the file. separator: nullopt to find it. outline: may be empty.
    RecordReader(std::string name, std::unique_ptr<ByteStream> bytes, std::optional<char> separator,
                 Outline outline = {});

    // Only the records at the beginning, enough to find the header.
    static RecordReader of_beginning(std::string name, std::unique_ptr<ByteStream> bytes,
                                     std::optional<char> separator);

    RecordReader(RecordReader&&) noexcept;
    ~RecordReader();

    // The next record that is not blank, valid until the next call; false at the end.
    Result<bool> next(Record& record);

    // Known once a record was asked for.
    char separator() const;

private:
    class Blocks;

    explicit RecordReader(std::unique_ptr<Blocks> blocks);

    std::unique_ptr<Blocks> blocks_;
};

}  // namespace seqload::input

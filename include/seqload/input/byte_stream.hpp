#pragma once

// A file's bytes as text: unpacked, if the file is a gzip or zstd archive.

#include "seqload/base/error.hpp"
#include "seqload/input/input_file.hpp"

#include <cstddef>
#include <memory>

namespace seqload::input {

class ByteStream {
public:
    virtual ~ByteStream() = default;

    // Fills the whole buffer; fewer bytes come only at the end.
    // Errors: unusable_input for a broken archive, with file and offset, and
    // whatever the raw bytes below bring.
    virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
};

// Plain, gzip (RFC 1952, several members too) or zstd (RFC 8878, several frames
// too), told apart by the first bytes. Archives of other kinds and workbooks
// are refused by name. The file must outlive the stream.
// bytes_read, if given, counts the raw bytes as they are taken.
Result<std::unique_ptr<ByteStream>> open_byte_stream(
    InputFile& file, std::atomic<std::uint64_t>* bytes_read = nullptr);

}  // namespace seqload::input

#pragma once

// One opened input file: its raw bytes, what it is called, and what it was.

#include "seqload/base/descriptor.hpp"
#include "seqload/base/error.hpp"
#include "seqload/input/fingerprint.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::input {

// What the system says about a file without reading it.
struct Identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_nanoseconds = 0;

    bool operator==(const Identity&) const = default;
};

class InputFile {
public:
    // A regular file, opened by its path. Errors: unusable_input, also for what
    // is no regular file.
    static Result<InputFile> open(std::string name, std::filesystem::path path);

    // A pipe, read as it comes; the bytes read before begin_last_pass() are
    // kept, so that the header can be read and then the rows.
    InputFile(std::string name, Descriptor pipe);

    // An opened regular file.
    InputFile(std::string name, std::filesystem::path path, Descriptor descriptor,
              Identity identity);

    const std::string& name() const { return name_; }
    const std::filesystem::path& path() const { return path_; }
    bool is_pipe() const { return !identity_; }
    std::optional<std::uint64_t> size() const;

    // Written by this program itself: its columns go by our own names, separated by
    // commas, whatever is said of the other files (ReadOptions).
    bool is_ours() const { return ours_; }
    void mark_as_ours() { ours_ = true; }

    const Fingerprint& fingerprint() const { return fingerprint_; }
    void expect(Fingerprint fingerprint) { fingerprint_ = std::move(fingerprint); }

    // Up to size bytes from offset on; fewer only at the end. A pipe can be read
    // at the place where it stands, or before begin_last_pass() anywhere before it.
    Result<std::size_t> read_at(std::uint64_t offset, char* buffer, std::size_t size);

    // From now on a pipe's bytes are not kept. Throws std::logic_error if they
    // are gone already.
    void begin_last_pass();

    // Compares this MiB with what an earlier pass read at the same place, or
    // notes it when it is the first to get so far. Error: changed_input.
    Result<void> check_block(std::size_t index, std::string_view block);

    // The end was reached: the size and the digest of all bytes are noted, or compared.
    Result<void> check_end(std::uint64_t size, const std::array<std::uint64_t, 2>& whole);

    // See InputSet::unchanged.
    Result<void> unchanged() const;

private:
    std::unexpected<Error> changed(std::string what) const;

    std::string name_;
    std::filesystem::path path_;
    Descriptor descriptor_;
    std::optional<Identity> identity_;  // nullopt: a pipe
    Fingerprint fingerprint_;
    bool ours_ = false;

    // Pipes only.
    std::string kept_;               // the bytes from 0 on
    std::uint64_t pipe_offset_ = 0;  // how many bytes the pipe has given
    bool keeping_ = true;
};

// What fstat says of an open descriptor.
Result<Identity> identity_of(int descriptor, const std::string& name);

// The error for a file that open(2) refused with that number: an input that cannot be used,
// unless it is this process that may open no more of them.
std::unexpected<Error> cannot_be_opened(int error_number, const std::string& name);

}  // namespace seqload::input

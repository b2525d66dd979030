#pragma once

// Room on disk for what memory has no room for: a file without a name, which is gone
// when the process ends, however it ends.
//
// It lies in $TMPDIR, else in /var/tmp: /tmp is memory on many systems. Not made before
// something is put into it.

#include "seqload/base/descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

namespace seqload {

// read() is safe from several threads at once, beside nothing else.
class OverflowFile {
public:
    // $TMPDIR, if it says a whole path, else /var/tmp.
    static std::filesystem::path usual_directory();

    explicit OverflowFile(std::filesystem::path directory = usual_directory())
        : directory_(std::move(directory)) {}

    // Puts them behind what is there; where they begin. nullopt if no file can be made or
    // the disk does not take them: they are the caller's to keep, and so is all that comes
    // after, for the disk is not asked again.
    std::optional<std::uint64_t> append(std::span<const std::byte> bytes);

    // As many bytes as were put there from that place on. Throws std::system_error if the
    // disk does not give them back.
    void read(std::uint64_t begin, std::span<std::byte> bytes) const;

    const std::filesystem::path& directory() const { return directory_; }

    // Of all that was taken.
    std::uint64_t size() const { return size_; }

private:
    bool make();

    std::filesystem::path directory_;
    Descriptor descriptor_;
    std::uint64_t size_ = 0;
    bool refused_ = false;
};

}  // namespace seqload

#pragma once

// The input files of a run: opened once, kept open, and held against what they
// were. Reading them is RowReader's work.

#include "seqload/base/error.hpp"
#include "seqload/input/fingerprint.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace seqload::input {

class InputFile;

// Not safe to share between threads, but several RowReaders may read one set at
// the same time once its fingerprints are complete.
class InputSet {
public:
    // Opens every file. "-" is standard input; it, and whatever else cannot be
    // read twice (pipes, terminals), is first copied to its end into
    // spool_directory (made only then, mode 0700) as input-1, input-2, … by its
    // place among the names, mode 0600, synced.
    // Errors: unusable_input for a name that is missing, a directory or not
    // readable; usage for "-" given twice; local_fault when spooling fails.
    static Result<InputSet> open(std::span<const std::string> names,
                                 const std::filesystem::path& spool_directory);

    // The same without spooling: what cannot be read twice is read in the first
    // pass, and a second pass over it is a broken promise.
    static Result<InputSet> open_for_one_pass(std::span<const std::string> names);

    // A file as an earlier run knew it.
    struct KnownFile {
        std::string name;            // as shown to people
        std::filesystem::path path;  // as path() gave it
        Fingerprint fingerprint;
        bool ours = false;  // it was added by add_ours
    };

    // Opens the files of an earlier run again. Every pass compares what it reads
    // with the fingerprints. Errors: changed_input where a file is missing or
    // its size is another.
    static Result<InputSet> reopen(std::span<const KnownFile> files);

    // Adds a file behind all others that this program has written itself: its columns
    // go by our own names, separated by commas, whatever --map and --delimiter say of
    // the others. Error: unusable_input, if it cannot be opened.
    Result<void> add_ours(std::string name, const std::filesystem::path& path);

    // Some of the files, from that place on: the same ones, opened but once. What reads
    // the part keeps its files open.
    InputSet part(std::size_t first, std::size_t count) const;

    InputSet(InputSet&&) noexcept;
    InputSet& operator=(InputSet&&) noexcept;
    ~InputSet();

    // The same open files once more, with what is known of them: what one reads, the
    // other's later passes are held against.
    InputSet shared() const;

    std::size_t size() const { return files_.size(); }

    // As shown to people, before any escaping; "-" is "(standard input)".
    const std::string& name(std::size_t file) const;

    bool is_ours(std::size_t file) const;

    // Where the bytes are, absolute: the file, or its spooled copy. Empty for
    // what open_for_one_pass reads from a pipe.
    const std::filesystem::path& path(std::size_t file) const;

    // Complete after the first pass to the end of the file.
    const Fingerprint& fingerprint(std::size_t file) const;

    // A cheap look (stat) before each request: is every file still there under
    // its name, the same inode, with the same size and modification time?
    // Error: changed_input, naming the file. The content is compared by each pass.
    Result<void> unchanged() const;

private:
    friend class RowReader;

    InputSet();

    std::vector<std::shared_ptr<InputFile>> files_;
};

}  // namespace seqload::input

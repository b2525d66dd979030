#pragma once

// A file that is there whole or not at all. It is written beside its
// destination under another name, synced, and only then renamed, so that nobody
// ever reads half of it, and a failure leaves the earlier file as it was.
//
// A process that is killed midway leaves the other file behind: ".NAME.….tmp"
// in the destination's directory, which nobody reads; whoever writes NAME the next
// time removes it. One that is still being written is locked (flock), and stays.

#include "seqload/base/error.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace seqload {

// Errors are of kind local_fault with the destination's path.
class WholeFile {
public:
    // Begins the file; the destination is not touched yet. Its directory must be
    // there. mode: the permissions, less the process's umask. A symbolic link at
    // the destination is never followed but replaced in the end; what is neither
    // a file nor a link to one (a directory, a pipe, /dev/null) is an error.
    static Result<WholeFile> create(const std::filesystem::path& destination, mode_t mode = 0644);

    WholeFile(WholeFile&& other) noexcept;
    WholeFile& operator=(WholeFile&& other) noexcept;

    // Without commit() nothing remains of what was written.
    ~WholeFile();

    // Appends. Gathers small portions, up to a MiB, before they go to the disk,
    // and an error may belong to an earlier portion. After an error
    // nothing more is written, and every call says the same error again.
    Result<void> write(std::string_view bytes);

    // Everything written so far is on the disk, under the other name. Several files
    // that belong together are synced first, then committed: a full disk then
    // touches none of them.
    Result<void> sync();

    // Syncs, renames and syncs the directory; to be called once, last.
    // On success the file outlives a loss of power. Where the error comes from
    // syncing the directory, the file is in place but may not outlive one.
    Result<void> commit();

private:
    WholeFile(std::filesystem::path destination, std::filesystem::path temporary, int descriptor);

    Result<void> flush();
    Result<void> write_out(std::string_view bytes);
    void hurry();
    Result<void> put_in_place();
    Result<void> remember(Result<void> result);
    void discard() noexcept;

    std::filesystem::path destination_;
    std::filesystem::path temporary_;
    int descriptor_ = -1;  // -1: committed, or moved from
    std::string buffer_;
    off_t size_ = 0;     // as far as it is written
    off_t hurried_ = 0;  // so much of that is on its way to the disk
    std::optional<Error> error_;
};

// All of it at once.
Result<void> write_whole_file(const std::filesystem::path& destination, std::string_view bytes,
                              mode_t mode = 0644);

}  // namespace seqload

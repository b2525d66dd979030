#pragma once

// A file that is written by a thread of its own, a little behind whoever makes its text.

#include "seqload/base/error.hpp"
#include "seqload/base/whole_file.hpp"
#include "seqload/report/growing_text.hpp"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

namespace seqload::report {

// To be used by one thread at a time. The one of its own begins with the first text that is
// handed over; it takes no signals.
class FileBehind {
public:
    explicit FileBehind(WholeFile file);

    // Waits for the text that is being written; what comes behind it is given up.
    ~FileBehind();
    FileBehind(const FileBehind&) = delete;
    FileBehind& operator=(const FileBehind&) = delete;

    // Takes the text over and leaves an empty one in its place. Waits while too much is handed
    // over that is not written yet. Error, or exception: of an earlier text.
    Result<void> write(GrowingText& text);

    // Everything handed over, and the rest behind it, is on the disk, as WholeFile::sync says.
    Result<void> sync(std::string_view rest);

    // As WholeFile's; comes after sync().
    Result<void> commit() { return file_.commit(); }

private:
    static constexpr std::size_t text_count = 4;

    void run();
    void stop();
    Result<void> trouble() const;

    WholeFile file_;                             // the thread's, as long as it runs
    std::array<GrowingText, text_count> texts_;  // a ring

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t handed_over_ = 0;  // texts so far
    std::size_t written_ = 0;      // likewise
    bool ending_ = false;          // no text follows
    bool given_up_ = false;
    std::optional<Error> error_;
    std::exception_ptr exception_;

    std::thread thread_;  // the last: it works with all of the above
};

}  // namespace seqload::report

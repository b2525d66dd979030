#include "seqload/app/patient_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <poll.h>

#include <climits>
#include <unistd.h>

namespace seqload::app {

namespace {

std::uint64_t lines_of(std::string_view text) {
    return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

// A pipe that takes something takes PIPE_BUF without blocking, and in one piece: lines of
// processes that share it stay whole.
std::string_view portion_of(std::string_view text) {
    if (text.size() <= PIPE_BUF)
        return text;
    const std::string_view portion = text.substr(0, PIPE_BUF);
    const auto end = portion.rfind('\n');
    return end == std::string_view::npos ? portion : portion.substr(0, end + 1);
}

}  // namespace

bool PatientWriter::takes_something() const {
    pollfd waiting{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    const int wait = left_out_ > 0 ? 0 : static_cast<int>(patience_.count());
    return ::poll(&waiting, 1, wait) == 1;
}

// Returns the rest.
std::string_view PatientWriter::write_what_it_takes(std::string_view text) {
    while (!text.empty() && takes_something()) {
        const std::string_view portion = portion_of(text);
        const ssize_t taken = ::write(descriptor_, portion.data(), portion.size());
        if (taken > 0)
            text.remove_prefix(static_cast<std::size_t>(taken));
        else if (errno == EAGAIN)
            return text;
        else if (errno != EINTR)
            return {};  // nobody is there
    }
    return text;
}

void PatientWriter::write(std::string_view text) {
    if (left_out_ > 0) {
        const std::string remark = (in_line_ ? "\n" : "") + remark_(left_out_);
        if (!write_what_it_takes(remark).empty()) {
            left_out_ += lines_of(text);
            return;
        }
        left_out_ = 0;
        in_line_ = false;
    }
    const std::string_view rest = write_what_it_takes(text);
    left_out_ = lines_of(rest);
    const std::string_view written = text.substr(0, text.size() - rest.size());
    in_line_ = !rest.empty() && !written.empty() && !written.ends_with('\n');
}

}  // namespace seqload::app

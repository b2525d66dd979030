#include "seqload/app/standard_error.hpp"

#include "seqload/app/terminal_size.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <poll.h>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace seqload::app {

namespace {

// A reader that has hung for so long is not coming back soon; and no deadline of a request is as
// short by default.
constexpr std::chrono::seconds patience{3};

bool is_in_background() {
    const pid_t group = ::tcgetpgrp(STDERR_FILENO);
    return group > 0 && group != ::getpgrp();
}

// A description of its own: that it does not block must not hold for whoever else writes
// to the terminal.
int open_terminal() {
    std::array<char, 256> name{};
    if (::ttyname_r(STDERR_FILENO, name.data(), name.size()) != 0)
        return -1;
    return ::open(name.data(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

// Somebody who shares it may have made it one that does not block.
void wait_for_room() {
    pollfd waiting{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
    ::poll(&waiting, 1, -1);
}

}  // namespace

std::string left_out_message(std::uint64_t lines) {
    return joined(counted(lines, "line"), " left out here: nobody read standard error");
}

StandardError::StandardError()
    : is_terminal_(::isatty(STDERR_FILENO) == 1),
      elsewhere_(STDERR_FILENO, patience, [](std::uint64_t lines) {
          return joined("seqload: warning: ", left_out_message(lines), "\n");
      }) {}

StandardError& StandardError::of_process() {
    static StandardError standard_error;
    return standard_error;
}

BlockShape StandardError::shape() const {
    BlockShape shape{.colours = manners_.colours};
    if (const auto size = terminal_size(STDERR_FILENO)) {
        shape.columns = size->columns;
        shape.rows = size->rows;
    }
    return shape;
}

// In one piece, as far as it is taken so: lines of processes that share it stay whole, and
// nothing is left behind in this one when it ends.
void StandardError::write_now(std::string_view bytes) {
    const std::string all = std::exchange(unwritten_, {}).append(bytes);
    for (std::string_view rest = all; !rest.empty();) {
        const ssize_t taken = ::write(STDERR_FILENO, rest.data(), rest.size());
        if (taken >= 0)
            rest.remove_prefix(static_cast<std::size_t>(taken));
        else if (errno == EAGAIN)
            wait_for_room();
        else if (errno != EINTR)
            return;  // nobody reads it any more
    }
}

void StandardError::write_what_it_takes() {
    while (!unwritten_.empty()) {
        const ssize_t taken = ::write(terminal_, unwritten_.data(), unwritten_.size());
        if (taken <= 0)
            return;
        unwritten_.erase(0, static_cast<std::size_t>(taken));
    }
}

bool StandardError::is_ready() {
    if (!std::exchange(opened_, true))
        terminal_ = open_terminal();
    if (terminal_ < 0)
        return false;
    write_what_it_takes();
    pollfd waiting{.fd = terminal_, .events = POLLOUT, .revents = 0};
    return unwritten_.empty() && ::poll(&waiting, 1, 0) == 1 && (waiting.revents & POLLOUT) != 0;
}

void StandardError::say(std::string_view text) {
    if (is_terminal_)
        write_now(frames_.above(text));
    else
        elsewhere_.write(text);
}

void StandardError::draw(std::vector<std::string> lines) {
    if (!manners_.live || held_ > 0 || is_in_background() || !is_ready())
        return;
    const BlockShape shape = this->shape();
    unwritten_ = frames_.draw(std::move(lines), shape != std::exchange(drawn_for_, shape));
    write_what_it_takes();
}

void StandardError::erase() {
    if (const std::string bytes = frames_.erase(); !bytes.empty())
        write_now(bytes);
}

void StandardError::erase_if_possible() {
    unwritten_ += frames_.erase();
    if (terminal_ >= 0)
        write_what_it_takes();
}

StandardError::Hold::Hold() {
    ++of_process().held_;
    of_process().erase();
}

StandardError::Hold::~Hold() {
    --of_process().held_;
}

}  // namespace seqload::app

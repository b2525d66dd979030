#include "seqload/app/loop_question.hpp"

#include "seqload/app/question.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/standard_error.hpp"
#include "seqload/base/joined.hpp"

#include <cstddef>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>

namespace seqload::app {

namespace asio = boost::asio;

asio::awaitable<bool> LoopQuestion::ask(std::string question) {
    const int terminal = ::open("/dev/tty", O_RDONLY | O_CLOEXEC);
    if (terminal < 0 || cancelled_)
        co_return false;
    terminal_.emplace(loop_, terminal);
    const StandardError::Hold no_block;
    say_question(joined(question, " [y/N] "));
    // Nobody types more into one answer.
    constexpr std::size_t longest_answer = 4096;
    std::string typed;
    boost::system::error_code failure;
    co_await asio::async_read_until(*terminal_, asio::dynamic_buffer(typed, longest_answer), '\n',
                                    asio::redirect_error(asio::use_awaitable, failure));
    terminal_.reset();
    co_return !failure && is_yes(typed);
}

void LoopQuestion::cancel() {
    cancelled_ = true;
    if (terminal_)
        terminal_->cancel();
}

}  // namespace seqload::app

#include "seqload/report/file_behind.hpp"

#include "seqload/base/without_signals.hpp"

#include <utility>

namespace seqload::report {

FileBehind::FileBehind(WholeFile file) : file_(std::move(file)) {}

FileBehind::~FileBehind() {
    {
        const std::lock_guard lock(mutex_);
        given_up_ = true;
    }
    stop();
}

Result<void> FileBehind::write(GrowingText& text) {
    if (!thread_.joinable()) {
        const WithoutSignals without_signals;
        thread_ = std::thread([this] { run(); });
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return handed_over_ - written_ < text_count; });
    if (auto written = trouble(); !written)
        return written;
    texts_[handed_over_++ % text_count].swap(text);
    changed_.notify_all();
    lock.unlock();
    text.clear();
    return {};
}

Result<void> FileBehind::sync(std::string_view rest) {
    stop();
    if (auto written = trouble(); !written)
        return written;
    if (auto written = file_.write(rest); !written)
        return written;
    return file_.sync();
}

void FileBehind::stop() {
    if (!thread_.joinable())
        return;
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

Result<void> FileBehind::trouble() const {
    if (exception_)
        std::rethrow_exception(exception_);
    return error_ ? Result<void>(std::unexpected(*error_)) : Result<void>();
}

// After an error texts are only given back.
void FileBehind::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return ending_ || written_ < handed_over_; });
        if (given_up_ || written_ == handed_over_)
            return;
        const std::string_view text = texts_[written_ % text_count].text();
        const bool is_sound = !error_ && !exception_;
        lock.unlock();
        Result<void> result;
        std::exception_ptr exception;
        try {
            if (is_sound)
                result = file_.write(text);
        } catch (...) {
            exception = std::current_exception();
        }
        lock.lock();
        ++written_;
        if (exception)
            exception_ = std::move(exception);
        if (!result)
            error_ = std::move(result.error());
        changed_.notify_all();
    }
}

}  // namespace seqload::report

#pragma once

// A disk that is full, as far as this process is concerned.

#include <csignal>

#include <doctest/doctest.h>
#include <sys/resource.h>

namespace seqload::test {

// No file of this process may grow beyond the limit while this lives.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : earlier_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        REQUIRE(getrlimit(RLIMIT_FSIZE, &earlier_) == 0);
        const rlimit limit{bytes, earlier_.rlim_max};
        REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &earlier_);
        std::signal(SIGXFSZ, earlier_handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit earlier_{};
    void (*earlier_handler_)(int);
};

}  // namespace seqload::test

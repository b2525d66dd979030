#pragma once

// A disk for SQLite that fails on request: everything goes to the system's
// VFS, until the n-th write, truncation or sync, which fails, and from then on
// (or only once) no more gets through.

#include "support/passing_vfs.hpp"

#include <string_view>

#include <sqlite3.h>

namespace seqload::test {

class FailingVfs final : public PassingVfs {
public:
    FailingVfs() : PassingVfs("failing") {}

    // Write number n from now (0: the next) and all after it fail with this result.
    void fail_from(long n, int result) {
        left_ = n;
        result_ = result;
        once_ = false;
    }
    // Only write number n from now fails.
    void fail_once(long n, int result) {
        fail_from(n, result);
        once_ = true;
    }
    void heal() { left_ = never; }

    // How many writes, truncations and syncs there were.
    long writes() const { return writes_; }
    // How many of them failed.
    long failures() const { return failures_; }

private:
    static constexpr long never = -1;

    int before_write(const OpenFile&, std::string_view, sqlite3_int64) override {
        return next_write();
    }
    int before_truncate(const OpenFile&, sqlite3_int64) override { return next_write(); }
    int before_sync(const OpenFile&) override { return next_write(); }

    // SQLITE_OK if the next write gets through.
    int next_write() {
        ++writes_;
        if (left_ == never)
            return SQLITE_OK;
        if (left_ > 0) {
            --left_;
            return SQLITE_OK;
        }
        if (once_)
            left_ = never;
        ++failures_;
        return result_;
    }

    long left_ = never;
    int result_ = SQLITE_IOERR_WRITE;
    bool once_ = false;
    long writes_ = 0;
    long failures_ = 0;
};

}  // namespace seqload::test

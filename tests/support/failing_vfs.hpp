#pragma once

// A disk for SQLite that fails on request: everything goes to the system's
// VFS, until the n-th write, truncation or sync, which fails, and from then on
// (or only once) no more gets through.
//
// Syncs are counted and can fail, but are not carried out: no test pulls the
// plug, and without them thousands of points of failure can be tried.

#include <stdexcept>
#include <string>

#include <sqlite3.h>

namespace seqload::test {

class FailingVfs {
public:
    FailingVfs() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
        vfs_.pNext = nullptr;
        vfs_.zName = name_.c_str();
        vfs_.pAppData = this;
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = open;
        // The others find the system's state in the VFS that they are handed.
        vfs_.xDelete = [](sqlite3_vfs* vfs, const char* file, int sync) {
            return self(vfs).real_->xDelete(self(vfs).real_, file, sync);
        };
        vfs_.xAccess = [](sqlite3_vfs* vfs, const char* file, int flags, int* result) {
            return self(vfs).real_->xAccess(self(vfs).real_, file, flags, result);
        };
        vfs_.xFullPathname = [](sqlite3_vfs* vfs, const char* file, int size, char* result) {
            return self(vfs).real_->xFullPathname(self(vfs).real_, file, size, result);
        };
        if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK)
            throw std::runtime_error("the failing VFS cannot be registered");
    }
    ~FailingVfs() { sqlite3_vfs_unregister(&vfs_); }
    FailingVfs(const FailingVfs&) = delete;
    FailingVfs& operator=(const FailingVfs&) = delete;

    const std::string& name() const { return name_; }

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

    struct File {
        sqlite3_file base;
        FailingVfs* vfs;
        sqlite3_file* real;
    };

    static FailingVfs& self(sqlite3_vfs* vfs) { return *static_cast<FailingVfs*>(vfs->pAppData); }
    static File& shim(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static sqlite3_file* real(sqlite3_file* file) { return shim(file).real; }
    static const sqlite3_io_methods& calls(sqlite3_file* file) { return *real(file)->pMethods; }

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

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags,
                    int* flags_out) {
        File& opened = shim(file);
        opened.base.pMethods = nullptr;
        opened.vfs = &self(vfs);
        opened.real = reinterpret_cast<sqlite3_file*>(&opened + 1);
        sqlite3_vfs* system = opened.vfs->real_;
        const int result = system->xOpen(system, name, opened.real, flags, flags_out);
        if (opened.real->pMethods != nullptr)
            opened.base.pMethods = &methods();
        return result;
    }

    static const sqlite3_io_methods& methods() {
        static const sqlite3_io_methods table = make_methods();
        return table;
    }

    static sqlite3_io_methods make_methods() {
        sqlite3_io_methods table{};
        table.iVersion = 2;  // with shared memory, which WAL needs
        table.xClose = [](sqlite3_file* f) { return calls(f).xClose(real(f)); };
        table.xRead = [](sqlite3_file* f, void* bytes, int size, sqlite3_int64 offset) {
            return calls(f).xRead(real(f), bytes, size, offset);
        };
        table.xWrite = [](sqlite3_file* f, const void* bytes, int size, sqlite3_int64 offset) {
            const int verdict = shim(f).vfs->next_write();
            return verdict != SQLITE_OK ? verdict : calls(f).xWrite(real(f), bytes, size, offset);
        };
        table.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
            const int verdict = shim(f).vfs->next_write();
            return verdict != SQLITE_OK ? verdict : calls(f).xTruncate(real(f), size);
        };
        table.xSync = [](sqlite3_file* f, int) { return shim(f).vfs->next_write(); };
        table.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
            return calls(f).xFileSize(real(f), size);
        };
        table.xLock = [](sqlite3_file* f, int level) { return calls(f).xLock(real(f), level); };
        table.xUnlock = [](sqlite3_file* f, int level) { return calls(f).xUnlock(real(f), level); };
        table.xCheckReservedLock = [](sqlite3_file* f, int* result) {
            return calls(f).xCheckReservedLock(real(f), result);
        };
        table.xFileControl = [](sqlite3_file* f, int operation, void* argument) {
            return calls(f).xFileControl(real(f), operation, argument);
        };
        table.xSectorSize = [](sqlite3_file* f) { return calls(f).xSectorSize(real(f)); };
        table.xDeviceCharacteristics = [](sqlite3_file* f) {
            return calls(f).xDeviceCharacteristics(real(f));
        };
        table.xShmMap = [](sqlite3_file* f, int region, int size, int extend,
                           void volatile** memory) {
            return calls(f).xShmMap(real(f), region, size, extend, memory);
        };
        table.xShmLock = [](sqlite3_file* f, int offset, int count, int flags) {
            return calls(f).xShmLock(real(f), offset, count, flags);
        };
        table.xShmBarrier = [](sqlite3_file* f) { calls(f).xShmBarrier(real(f)); };
        table.xShmUnmap = [](sqlite3_file* f, int remove) {
            return calls(f).xShmUnmap(real(f), remove);
        };
        return table;
    }

    std::string name_ = "failing";
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
    long left_ = never;
    int result_ = SQLITE_IOERR_WRITE;
    bool once_ = false;
    long writes_ = 0;
    long failures_ = 0;
};

}  // namespace seqload::test

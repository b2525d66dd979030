#pragma once

// A VFS for SQLite that hands everything on to the system's, and asks first:
// what derives from it can watch the files, and let writes fail.
//
// Syncs are asked about, but never carried out: no test pulls a real plug, and
// without them thousands of moments can be tried.

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

namespace seqload::test {

class PassingVfs {
public:
    PassingVfs(const PassingVfs&) = delete;
    PassingVfs& operator=(const PassingVfs&) = delete;

    const std::string& name() const { return name_; }

protected:
    // A file that SQLite has open; its copies are the same one no more.
    struct OpenFile {
        const char* name;         // nullptr: one that SQLite deletes when it is closed
        int flags;                // SQLITE_OPEN_…: what it is for
        bool was_synced = false;  // since it was opened
    };

    // name: under which SQLite finds it, one for each kind.
    explicit PassingVfs(std::string name)
        : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
        vfs_.pNext = nullptr;
        vfs_.zName = name_.c_str();
        vfs_.pAppData = this;
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = open;
        vfs_.xDelete = remove;
        // The others find the system's state in the VFS that they are handed.
        vfs_.xAccess = [](sqlite3_vfs* vfs, const char* file, int flags, int* result) {
            return self(vfs).real_->xAccess(self(vfs).real_, file, flags, result);
        };
        vfs_.xFullPathname = [](sqlite3_vfs* vfs, const char* file, int size, char* result) {
            return self(vfs).real_->xFullPathname(self(vfs).real_, file, size, result);
        };
        if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK)
            throw std::runtime_error("the VFS " + name_ + " cannot be registered");
    }
    ~PassingVfs() { sqlite3_vfs_unregister(&vfs_); }

    // Each answers SQLITE_OK, or the error that SQLite gets in place of the deed.
    virtual int before_open(const OpenFile&) { return SQLITE_OK; }
    virtual int before_remove(const char* /*name*/, bool /*sync_folder*/) { return SQLITE_OK; }
    virtual int before_write(const OpenFile&, std::string_view /*bytes*/,
                             sqlite3_int64 /*offset*/) {
        return SQLITE_OK;
    }
    virtual int before_truncate(const OpenFile&, sqlite3_int64 /*size*/) { return SQLITE_OK; }
    virtual int before_sync(const OpenFile&) { return SQLITE_OK; }

private:
    struct File {
        sqlite3_file base;
        PassingVfs* vfs;
        sqlite3_file* real;
        OpenFile open;
    };

    static PassingVfs& self(sqlite3_vfs* vfs) { return *static_cast<PassingVfs*>(vfs->pAppData); }
    static File& shim(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static sqlite3_file* real(sqlite3_file* file) { return shim(file).real; }
    static const sqlite3_io_methods& calls(sqlite3_file* file) { return *real(file)->pMethods; }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags,
                    int* flags_out) {
        File& opened = shim(file);
        opened.base.pMethods = nullptr;
        opened.vfs = &self(vfs);
        opened.real = reinterpret_cast<sqlite3_file*>(&opened + 1);
        opened.open = {.name = name, .flags = flags};
        if (const int verdict = opened.vfs->before_open(opened.open); verdict != SQLITE_OK)
            return verdict;
        sqlite3_vfs* system = opened.vfs->real_;
        const int result = system->xOpen(system, name, opened.real, flags, flags_out);
        if (opened.real->pMethods != nullptr)
            opened.base.pMethods = &methods();
        return result;
    }

    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        const int verdict = self(vfs).before_remove(name, sync_folder != 0);
        sqlite3_vfs* system = self(vfs).real_;
        return verdict != SQLITE_OK ? verdict : system->xDelete(system, name, 0);
    }

    static int write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 offset) {
        const std::string_view view(static_cast<const char*>(bytes),
                                    static_cast<std::size_t>(size));
        const int verdict = shim(f).vfs->before_write(shim(f).open, view, offset);
        return verdict != SQLITE_OK ? verdict : calls(f).xWrite(real(f), bytes, size, offset);
    }

    static int truncate(sqlite3_file* f, sqlite3_int64 size) {
        const int verdict = shim(f).vfs->before_truncate(shim(f).open, size);
        return verdict != SQLITE_OK ? verdict : calls(f).xTruncate(real(f), size);
    }

    static int sync(sqlite3_file* f, int /*flags*/) {
        const int verdict = shim(f).vfs->before_sync(shim(f).open);
        shim(f).open.was_synced = shim(f).open.was_synced || verdict == SQLITE_OK;
        return verdict;
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
        table.xWrite = write;
        table.xTruncate = truncate;
        table.xSync = sync;
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

    std::string name_;
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
};

}  // namespace seqload::test

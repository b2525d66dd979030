#pragma once

// A disk for SQLite that remembers in which order its files were made, written,
// synced and removed, so that a test can cut the power at each moment afterwards
// (unsynced_disk.hpp). Meanwhile everything works as on the system's VFS.
//
// Only syncs that SQLite asks for count. The system's VFS syncs the folder, too,
// at the first sync of a log or journal that it may have made, and after a
// removal if it is told to; so that is what happens here.

#include "support/passing_vfs.hpp"
#include "support/unsynced_disk.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace seqload::test {

class PowerLossVfs final : public PassingVfs {
public:
    PowerLossVfs() : PassingVfs("power loss") {}

    // What happened since the beginning.
    const std::vector<DiskEvent>& events() const { return events_; }

private:
    // A file that was there before it was opened here for the first time is safe
    // if there is anything in it; an empty one has only just been made.
    int before_open(const OpenFile& file) override {
        if (file.name == nullptr || !known_.insert(file.name).second)
            return SQLITE_OK;
        add(DiskEvent::Kind::created, file.name);
        std::ifstream stream(file.name, std::ios::binary);
        std::string bytes(std::istreambuf_iterator<char>(stream), {});
        if (!bytes.empty()) {
            add(DiskEvent::Kind::written, file.name, 0, std::move(bytes));
            add(DiskEvent::Kind::synced, file.name);
            add(DiskEvent::Kind::folder_synced, file.name);
        }
        return SQLITE_OK;
    }

    int before_remove(const char* name, bool sync_folder) override {
        if (known_.erase(name) != 0)
            add(DiskEvent::Kind::removed, name);
        if (sync_folder)
            add(DiskEvent::Kind::folder_synced, name);
        return SQLITE_OK;
    }

    int before_write(const OpenFile& file, std::string_view bytes, sqlite3_int64 offset) override {
        add(DiskEvent::Kind::written, file.name, offset, std::string(bytes));
        return SQLITE_OK;
    }

    int before_truncate(const OpenFile& file, sqlite3_int64 size) override {
        add(DiskEvent::Kind::truncated, file.name, size);
        return SQLITE_OK;
    }

    int before_sync(const OpenFile& file) override {
        add(DiskEvent::Kind::synced, file.name);
        constexpr int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
        if ((file.flags & SQLITE_OPEN_CREATE) != 0 && (file.flags & logs) != 0 && !file.was_synced)
            add(DiskEvent::Kind::folder_synced, file.name);
        return SQLITE_OK;
    }

    void add(DiskEvent::Kind kind, const char* name, sqlite3_int64 at = 0, std::string bytes = {}) {
        if (name != nullptr)
            events_.push_back({.kind = kind,
                               .file = std::filesystem::path(name).filename().string(),
                               .at = static_cast<std::uint64_t>(at),
                               .bytes = std::move(bytes)});
    }

    std::vector<DiskEvent> events_;
    std::set<std::string> known_;
};

}  // namespace seqload::test

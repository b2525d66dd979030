#include "support/unsynced_disk.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

namespace seqload::test {

namespace {

using Kind = DiskEvent::Kind;

DiskEvent event(Kind kind, const std::string& file = "a") {
    return {.kind = kind, .file = file};
}

DiskEvent written(std::uint64_t at, const std::string& bytes) {
    return {.kind = Kind::written, .file = "a", .at = at, .bytes = bytes};
}

UnsyncedDisk after(const std::vector<DiskEvent>& events) {
    UnsyncedDisk disk;
    for (const DiskEvent& one : events)
        disk.happen(one);
    return disk;
}

// What may be found of the file a; "none" if it may be missing.
std::set<std::string> possible(const UnsyncedDisk& disk) {
    UnsyncedDisk::Random random(1);
    std::set<std::string> found;
    for (int i = 0; i < 200; ++i) {
        const Folder folder = disk.after_power_cut(random, 0.5);
        found.insert(folder.contains("a") ? folder.at("a") : "none");
    }
    return found;
}

using Texts = std::set<std::string>;

}  // namespace

TEST_CASE("what was not synced may be found after a power cut, or not") {
    const std::vector<DiskEvent> made{event(Kind::created), event(Kind::folder_synced)};
    UnsyncedDisk disk = after(made);
    CHECK(possible(disk) == Texts{""});
    disk.happen(written(0, "old"));
    CHECK(possible(disk) == Texts{"", "old"});
    disk.happen(event(Kind::synced));
    CHECK(possible(disk) == Texts{"old"});
    disk.happen(written(0, "new"));
    CHECK(possible(disk) == Texts{"old", "new"});
}

TEST_CASE("a later write may be found without an earlier one, over what was there or zeros") {
    UnsyncedDisk disk = after({event(Kind::created), event(Kind::folder_synced), written(0, "-"),
                               event(Kind::synced), written(1, "A"), written(2, "B")});
    CHECK(possible(disk) == Texts{"-", "-A", std::string("-\0B", 3), "-AB"});
}

TEST_CASE("a write that spans sectors may be found in part") {
    const std::string first(512, '1');
    const std::string second(512, '2');
    UnsyncedDisk disk =
        after({event(Kind::created), event(Kind::folder_synced), written(0, first + second)});
    CHECK(possible(disk) == Texts{"", first, first + second, std::string(512, '\0') + second});
}

TEST_CASE("a truncation may be lost") {
    UnsyncedDisk disk = after({event(Kind::created),
                               event(Kind::folder_synced),
                               written(0, "abc"),
                               event(Kind::synced),
                               {.kind = Kind::truncated, .file = "a", .at = 1}});
    CHECK(possible(disk) == Texts{"a", "abc"});
}

TEST_CASE("a synced file may be missing until its folder is synced, and so may its end") {
    UnsyncedDisk disk = after({event(Kind::created), written(0, "abc"), event(Kind::synced)});
    CHECK(possible(disk) == Texts{"none", "abc"});
    disk.happen(event(Kind::folder_synced));
    CHECK(possible(disk) == Texts{"abc"});
    disk.happen(event(Kind::removed));
    CHECK(possible(disk) == Texts{"none", "abc"});
    disk.happen(event(Kind::created));
    CHECK(possible(disk) == Texts{"none", "abc", ""});
    disk.happen(event(Kind::folder_synced));
    CHECK(possible(disk) == Texts{""});
}

TEST_CASE("everything or nothing is kept if the chance says so") {
    const UnsyncedDisk disk = after({event(Kind::created), written(0, "abc")});
    UnsyncedDisk::Random random(1);
    CHECK(disk.after_power_cut(random, 0).empty());
    CHECK(disk.after_power_cut(random, 1) == Folder{{"a", "abc"}});
}

}  // namespace seqload::test

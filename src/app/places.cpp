#include "seqload/app/places.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/whole_file.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace seqload::app {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

std::unexpected<Error> cannot_write(const fs::path& place, const std::string& why) {
    return fail(ErrorKind::local_fault, "nothing can be written here: " + why,
                printable(place.string()), "name another folder with --out, or make room");
}

// A file that is never put in place leaves nothing behind.
Result<> can_write(const fs::path& directory) {
    auto probe = WholeFile::create(directory / "probe");
    if (!probe)
        return std::unexpected(std::move(probe.error()));
    if (auto written = probe->write("probe\n"); !written)
        return written;
    return probe->sync();
}

Result<> has_room(const fs::path& place, std::uint64_t needed, const char* option) {
    std::error_code failure;
    const fs::space_info space = fs::space(place, failure);
    if (failure || space.available >= needed)
        return {};
    return fail(
        ErrorKind::local_fault,
        joined("there is too little room on this disk: ", grouped(space.available / mebibyte),
               " MiB are free, the run may take ", grouped(needed / mebibyte + 1)),
        printable(place.string()), joined("make room, or name another place with ", option));
}

}  // namespace

RoomNeeded room_needed(std::uint64_t input_bytes) {
    // A row of 26 bytes, the shortest with a contact, becomes a line of some 130 in
    // report.csv, and takes about 45 in the state and 40 in its ledger.
    constexpr std::uint64_t at_least = mebibyte;
    return {.reports = at_least + 5 * input_bytes, .state = at_least + 4 * input_bytes};
}

Result<> prepare_places(const fs::path& reports, const fs::path& state,
                        std::span<const state::InputFile> inputs) {
    std::error_code failure;
    fs::create_directories(reports, failure);
    if (failure)
        return cannot_write(reports, failure.message());
    if (auto written = can_write(reports); !written)
        return cannot_write(reports, written.error().what);

    std::uint64_t bytes = 0;
    for (const state::InputFile& file : inputs) {
        const auto size = fs::file_size(file.path, failure);
        bytes += failure ? 0 : size;
    }
    const RoomNeeded needed = room_needed(bytes);
    if (auto room = has_room(reports, needed.reports, "--out"); !room)
        return room;
    return has_room(state.parent_path().empty() ? fs::path(".") : state.parent_path(), needed.state,
                    "--state");
}

}  // namespace seqload::app

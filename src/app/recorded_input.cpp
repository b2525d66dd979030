#include "seqload/app/recorded_input.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace seqload::app {

Result<input::InputSet> reopen_input(std::span<const state::InputFile> files) {
    const auto was_read = [](const state::InputFile& file) { return !file.fingerprint.empty(); };
    if (!std::ranges::all_of(files, was_read)) {
        std::vector<std::string> paths;
        for (const state::InputFile& file : files)
            paths.push_back(file.path);
        return input::InputSet::open(paths, {});
    }
    std::vector<input::InputSet::KnownFile> known;
    for (const state::InputFile& file : files) {
        const auto whole = input::parse_whole(file.fingerprint);
        if (!whole) {
            return fail(ErrorKind::local_fault, "the record of an input file cannot be read",
                        printable(file.name), "load the file anew");
        }
        known.push_back({.name = file.name,
                         .path = file.path,
                         .fingerprint = {.complete = true,
                                         .size = file.bytes,
                                         .whole = *whole,
                                         .blocks = file.block_digests}});
    }
    return input::InputSet::reopen(known);
}

}  // namespace seqload::app

#include "seqload/app/recorded_input.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

Result<input::InputSet::KnownFile> known_file(const state::InputFile& file, bool ours) {
    const auto whole = input::parse_whole(file.fingerprint);
    if (!whole) {
        return fail(ErrorKind::local_fault, "the record of an input file cannot be read",
                    printable(file.name), "load the file anew");
    }
    return input::InputSet::KnownFile{.name = file.name,
                                      .path = file.path,
                                      .fingerprint = {.complete = true,
                                                      .size = file.bytes,
                                                      .whole = *whole,
                                                      .blocks = file.block_digests},
                                      .ours = ours};
}

}  // namespace

Result<input::InputSet> reopen_input(std::span<const state::InputFile> files,
                                     const std::optional<state::InputFile>& expanded_labels) {
    const auto was_read = [](const state::InputFile& file) { return !file.fingerprint.empty(); };
    if (!std::ranges::all_of(files, was_read)) {
        std::vector<std::string> paths;
        for (const state::InputFile& file : files)
            paths.push_back(file.path);
        return input::InputSet::open(paths, {});
    }
    std::vector<input::InputSet::KnownFile> known;
    const auto add = [&known](const state::InputFile& file, bool ours) -> Result<> {
        auto one = known_file(file, ours);
        if (!one)
            return std::unexpected(std::move(one.error()));
        known.push_back(std::move(*one));
        return {};
    };
    for (const state::InputFile& file : files) {
        if (auto added = add(file, false); !added)
            return std::unexpected(std::move(added.error()));
    }
    if (expanded_labels) {
        if (auto added = add(*expanded_labels, true); !added)
            return std::unexpected(std::move(added.error()));
    }
    return input::InputSet::reopen(known);
}

}  // namespace seqload::app

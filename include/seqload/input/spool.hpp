#pragma once

// Copies what can be read only once into a file of our own.

#include "seqload/base/error.hpp"
#include "seqload/input/input_file.hpp"

#include <filesystem>
#include <string>

namespace seqload::input {

// Reads the source to its end into a new file directory/file_name (mode 0600; where there
// is one already, that stays, and the new one gets a number behind its name; the directory is made
// with mode 0700 if it is missing), synced with its directory, and opens that under the given name.
// Errors: unusable_input if the source cannot be read, local_fault for the rest.
Result<InputFile> spool(const Descriptor& source, std::string name,
                        const std::filesystem::path& directory, const std::string& file_name);

}  // namespace seqload::input

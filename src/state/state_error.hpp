#pragma once

// What SQLite reports, as an error of ours: what happened to which file, and
// what the user can do.

#include "seqload/base/error.hpp"

#include <string>

#include <SQLiteCpp/Exception.h>

namespace seqload::state {

// system_error: errno of the failed call, as sqlite3_system_errno gives it; 0: unknown.
Error database_error(const SQLite::Exception& exception, const std::string& file,
                     int system_error = 0);

// The file holds something that no seqload writes.
Error damage(const std::string& what, const std::string& file);

// The facts handed in contradict those on record.
Error contradiction(const std::string& what, const std::string& file);

}  // namespace seqload::state

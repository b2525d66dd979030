#pragma once

// What was thrown, as an error to show: no memory, no files left, or a promise that
// the program broke.

#include "seqload/base/error.hpp"

#include <exception>

#include <boost/system/error_code.hpp>

namespace seqload {

// Of kind local_fault. The exception must be there.
Error thrown_error(const std::exception_ptr& thrown);

// Whether it says that there was no memory: the system's code, or OpenSSL's, which Asio hands on in
// a category of its own ("asio.ssl").
bool is_want_of_memory(const boost::system::error_code& code);

}  // namespace seqload

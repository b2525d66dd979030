#include "seqload/base/thrown.hpp"

#include <cerrno>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

#include <boost/system/system_error.hpp>
#include <doctest/doctest.h>
#include <openssl/err.h>

namespace seqload {

namespace {

template <class Exception>
Error said_of(Exception thrown) {
    return thrown_error(std::make_exception_ptr(std::move(thrown)));
}

std::system_error with_number(int number) {
    return {number, std::system_category(), "where it happened"};
}

// As Asio's for OpenSSL.
class TlsCategory : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "asio.ssl"; }
    std::string message(int) const override { return "of TLS"; }
};

Error said_of_tls(int reason) {
    const TlsCategory category;
    const auto code = static_cast<int>(ERR_PACK(ERR_LIB_SSL, 0, reason));
    return said_of(boost::system::system_error(code, category));
}

}  // namespace

TEST_CASE("what a machine has too little of is named, with where to allow more") {
    CHECK(said_of(std::bad_alloc()).what == "there is not enough memory");
    CHECK(said_of(with_number(ENOMEM)) == said_of(std::bad_alloc()));
    CHECK(said_of(std::bad_alloc()).next.contains("ulimit -v"));
    CHECK(said_of(with_number(EMFILE)).next.contains("ulimit -n"));
    CHECK(said_of(boost::system::system_error(EMFILE, boost::system::system_category())) ==
          said_of(with_number(EMFILE)));
    CHECK(said_of_tls(ERR_R_MALLOC_FAILURE) == said_of(std::bad_alloc()));
    CHECK(said_of_tls(ERR_R_INTERNAL_ERROR).what.starts_with("of TLS"));
    CHECK(said_of(with_number(EAGAIN)).next.contains("ulimit -u"));
}

TEST_CASE("want of memory is known by its code, and nothing else is taken for it") {
    const auto code_of = [](int number) {
        return boost::system::error_code(number, boost::system::system_category());
    };
    CHECK(is_want_of_memory(code_of(ENOMEM)));
    CHECK_FALSE(is_want_of_memory(code_of(EIO)));
    CHECK_FALSE(is_want_of_memory(boost::system::error_code()));
}

TEST_CASE("anything else that was thrown is said in its own words, as a local fault") {
    const Error broken = said_of(std::logic_error("a promise was broken"));
    CHECK(broken.kind == ErrorKind::local_fault);
    CHECK(broken.what == "a promise was broken");
    CHECK(said_of(with_number(EIO)).what == "where it happened: Input/output error");
    CHECK(said_of(7).kind == ErrorKind::local_fault);
}

}  // namespace seqload

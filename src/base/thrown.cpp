#include "seqload/base/thrown.hpp"

#include <new>
#include <string_view>
#include <system_error>

#include <boost/system/system_error.hpp>
#include <openssl/err.h>

namespace seqload {

namespace {

Error no_memory() {
    return {ErrorKind::local_fault, "there is not enough memory", "",
            "allow this process more of it (ulimit -v, MemoryMax=); what was recorded is safe"};
}

Error of_the_system(const std::error_code& code, const char* what) {
    if (code == std::errc::not_enough_memory)
        return no_memory();
    if (code == std::errc::too_many_files_open) {
        return {ErrorKind::local_fault, "this process may not open so many files", "",
                "allow it more of them (ulimit -n, LimitNOFILE=); what was recorded is safe"};
    }
    if (code == std::errc::resource_unavailable_try_again) {
        return {ErrorKind::local_fault, "no further thread could be begun", "",
                "allow this process more of them, or more memory (ulimit -u, ulimit -v, "
                "TasksMax=); what was recorded is safe"};
    }
    return {ErrorKind::local_fault, what, "", "what was recorded is safe"};
}

}  // namespace

bool is_want_of_memory(const boost::system::error_code& code) {
    if (std::string_view(code.category().name()) == "asio.ssl")
        return ERR_GET_REASON(static_cast<unsigned long>(code.value())) == ERR_R_MALLOC_FAILURE;
    return code == boost::system::errc::not_enough_memory;
}

Error thrown_error(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        return no_memory();
    } catch (const std::system_error& error) {
        return of_the_system(error.code(), error.what());
    } catch (const boost::system::system_error& error) {  // Asio's, which is none of std's
        return is_want_of_memory(error.code()) ? no_memory()
                                               : of_the_system(error.code(), error.what());
    } catch (const std::exception& broken) {
        return {ErrorKind::local_fault, broken.what(), "", "what was recorded is safe"};
    } catch (...) {
        return {ErrorKind::local_fault, "something unknown went wrong", "",
                "what was recorded is safe"};
    }
}

}  // namespace seqload

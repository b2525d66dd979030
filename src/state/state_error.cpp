#include "state_error.hpp"

#include "seqload/base/joined.hpp"

#include <cerrno>
#include <utility>

#include <sqlite3.h>

namespace seqload::state {

namespace {

constexpr const char* make_room =
    "make room on its file system, then go on with seqload resume; nothing that was recorded "
    "is lost";

// ": No space left on device", where the system said something.
std::string said_by_system(int system_error) {
    return system_error == 0 ? std::string() : joined(": ", system_message(system_error));
}

Error local_fault(std::string what, const std::string& file, std::string next) {
    return {ErrorKind::local_fault, std::move(what), file, std::move(next)};
}

Error no_memory(const std::string& file) {
    return local_fault("out of memory while the state was read or written", file,
                       "free memory, then go on with seqload resume");
}

}  // namespace

Error database_error(const SQLite::Exception& exception, const std::string& file,
                     int system_error) {
    switch (exception.getErrorCode()) {
        case SQLITE_FULL:
            return local_fault("the disk is full, the state could not be written", file, make_room);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return local_fault(
                "another process keeps the state locked", file,
                joined("find it with \"fuser ", file, "\"; let it finish or end it, then go on"));
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_CANTOPEN:
            if (system_error == ENOMEM)
                return no_memory(file);
            return local_fault(
                joined("the state cannot be opened for writing", said_by_system(system_error)),
                file,
                "make the file and its folder writable for you, or name another with --state");
        case SQLITE_NOTADB:
            return local_fault("this is no SQLite database, so no state of seqload", file,
                               "name another file with --state, or move this one away");
        case SQLITE_CORRUPT:
            return damage(exception.what(), file);
        case SQLITE_IOERR:
            if (system_error == ENOMEM)  // as where one is mapped
                return no_memory(file);
            return local_fault(joined("the disk failed while the state was read or written (",
                                      exception.what(), ")", said_by_system(system_error)),
                               file,
                               "see that the disk is sound and has room, then go on with "
                               "seqload resume");
        case SQLITE_NOMEM:
            return no_memory(file);
        case SQLITE_CONSTRAINT:
            return contradiction(exception.what(), file);
        default:
            return local_fault(joined("the state cannot be used: ", exception.what()), file, {});
    }
}

Error damage(const std::string& what, const std::string& file) {
    return local_fault(
        joined("the state is damaged: ", what), file,
        joined("keep a copy of the file (and of its -wal), then try \"sqlite3 ", file,
               " .recover\" or a backup; a new state (--state) would not know what was sent"));
}

Error contradiction(const std::string& what, const std::string& file) {
    return local_fault(joined("this contradicts what is on record: ", what), file,
                       "see that no other process works on the same run; if none does, this is a "
                       "fault of seqload: please report it");
}

}  // namespace seqload::state

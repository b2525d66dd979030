#pragma once

// Errands: requests that may be repeated without harm, because they only read, or
// because doing them twice is doing them once. Nothing needs to be in doubt about
// them: whoever does not know whether one was carried out sends it again.

#include "seqload/base/clock.hpp"
#include "seqload/model/id.hpp"
#include "seqload/net/message.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::dispatch {

struct Errand {
    std::uint64_t number = 0;  // the book's own, to know it again
    net::Request request;
    std::uint64_t items = 1;       // how many things it settles, for a person
    std::optional<Id> sequence{};  // that it is about, if it is about one
};

// How an errand ended. The body lives as long as the call that it is handed to.
struct ErrandEnd {
    std::uint64_t number = 0;
    bool answered = false;     // 2xx; else refused for good, or all attempts are spent
    unsigned http_status = 0;  // of the last answer; 0: none came
    std::string_view body;     // of a 2xx
    std::string message;       // what was said or went wrong, where it was not answered
    std::uint32_t attempts = 0;
    std::string request_id;
    WallTime at;
};

// Where errands come from, and what their answers mean. Called on the loop only.
class ErrandBook {
public:
    virtual ~ErrandBook() = default;

    // The next one to be sent; nullopt: there are no more.
    virtual std::optional<Errand> next() = 0;

    // What is put on record before the request leaves, if anything is.
    virtual std::optional<state::Change> sending(const Errand& errand, bool retried) = 0;

    // What is put on record of its end. nullopt, only for one that was answered: the
    // body is not what was expected, and the errand is tried again.
    virtual std::optional<state::Change> settle(const ErrandEnd& end) = 0;
};

}  // namespace seqload::dispatch

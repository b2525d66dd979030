#pragma once

// How many departures are written down before there is a connection for them: as many as
// answers come while one commit is under way, for so many connections would then have nothing to
// send. With answers that take longer than the disk, as Apollo's do, none.
//
// A plain object: it is told what has happened.

#include <cstdint>
#include <optional>

namespace seqload::dispatch {

class HeadStart {
public:
    // No more than `most`.
    explicit HeadStart(unsigned most) : most_(most) {}

    // A request was answered. during: the number of the commit that was under way (each has one
    // more than the last), if one was.
    void answered(std::optional<std::uint64_t> during);

    unsigned departures() const;

private:
    unsigned most_;
    std::uint64_t commit_ = 0;       // the last one that an answer came during
    std::uint64_t answers_ = 0;      // during that
    double answers_per_commit_ = 0;  // of those before, the latest counting most
};

}  // namespace seqload::dispatch

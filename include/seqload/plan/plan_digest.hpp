#pragma once

// Whom a plan would send, and to what, as one number: two plans with the same
// digest send the same contacts and labels, from the same rows, to the same targets.

#include "seqload/model/row.hpp"

#include <memory>
#include <string>

namespace seqload::plan {

class PlanDigest {
public:
    PlanDigest();
    ~PlanDigest();
    PlanDigest(const PlanDigest&) = delete;
    PlanDigest& operator=(const PlanDigest&) = delete;

    // Each row that would be sent, in order. Its target goes by its number: the
    // numbers are the same where the targets first appear in the same order.
    void take(const Row& row);

    // XXH3-128 of the rows so far, in 32 hex characters. It tells plans apart that
    // differ by accident; it is no proof against somebody who wants two to collide.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace seqload::plan

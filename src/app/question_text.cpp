#include "seqload/app/question_text.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

namespace seqload::app {

namespace {

// Rows with a contact are a person each, and need no other word.
std::string people(const Reach& reach) {
    if (reach.labels == 0)
        return {};
    if (reach.exact)
        return joined(", which reach ", counted(reach.people, "contact"), ",");
    const std::string uncounted =
        joined(counted(reach.uncounted, "label"),
               reach.uncounted == 1 ? " that was not counted" : " that were not counted");
    if (reach.uncounted == reach.rows)
        return joined(", ", uncounted, ",");
    if (reach.uncounted == reach.labels)
        return joined(", with ", uncounted, ",");
    const std::uint64_t known = reach.people - reach.uncounted;
    if (reach.uncounted > 0)
        return joined(", which reach up to ", counted(known, "contact"), " and those of ",
                      uncounted, ",");
    return joined(", which reach up to ", counted(known, "contact"), ",");
}

}  // namespace

std::string question_text(const Asked& asked) {
    return joined("Send ", counted(asked.requests, "request"),
                  asked.canary_first ? ", the canary first, for " : " for ",
                  counted(asked.reach.rows, "row"), people(asked.reach), " to ", asked.host, "?");
}

}  // namespace seqload::app

#include "seqload/sandbox/team.hpp"

#include <utility>

namespace seqload::sandbox {

Team::Team(World start, WallTime now)
    : world(std::move(start)), memberships(world.contacts, world.sequences.size()) {
    // Nobody was added before the sandbox ran; a day ago is safely before any run.
    const WallTime earlier = now - std::chrono::days(1);
    for (const InitialMembership& initial : world.memberships) {
        Membership membership;
        membership.contact = initial.contact;
        membership.sequence = initial.sequence;
        membership.status = initial.status;
        membership.added_at = earlier;
        membership.ended_at = earlier;
        if (!world.mailboxes.empty())
            membership.mailbox = 0;
        memberships.put(membership, {});
    }
}

}  // namespace seqload::sandbox

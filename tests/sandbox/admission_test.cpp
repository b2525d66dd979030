#include "seqload/sandbox/admission.hpp"

#include <doctest/doctest.h>

using namespace seqload::sandbox;

namespace {

struct Case {
    Trait trait;
    bool Waivers::* waiver;
    std::string_view reason;
};

// facts.md, "The endpoint" and "The answer".
const std::array cases{
    Case{Trait::no_email, &Waivers::sequence_no_email, "contacts_without_email"},
    Case{Trait::unverified_email, &Waivers::sequence_unverified_email, "contacts_unverified_email"},
    Case{Trait::unverified_user_managed, &Waivers::sequence_unverified_email,
         "contacts_with_unverified_user_managed_email"},
    Case{Trait::unverified_user_managed, &Waivers::contact_verification_skipped,
         "contacts_with_unverified_user_managed_email"},
    Case{Trait::job_change, &Waivers::sequence_job_change, "contacts_with_job_change"},
    Case{Trait::active_elsewhere, &Waivers::sequence_active_in_other_campaigns,
         "contacts_active_in_other_campaigns"},
    Case{Trait::finished_elsewhere, &Waivers::sequence_finished_in_other_campaigns,
         "contacts_finished_in_other_campaigns"},
    Case{Trait::colleague_in_sequence, &Waivers::sequence_same_company_in_same_campaign,
         "contacts_in_same_company"},
    Case{Trait::owned_by_other, &Waivers::contacts_without_ownership_permission,
         "contacts_without_ownership_permission"},
    Case{Trait::pending, &Waivers::add_if_in_queue, "contacts_in_pending_state"},
};

Traits traits_of(std::initializer_list<Trait> given) {
    Traits traits;
    for (const Trait trait : given)
        traits.set(trait);
    return traits;
}

}  // namespace

TEST_CASE("each trait is refused with its own reason, and its own flag alone waives it") {
    for (const Case& tried : cases) {
        INFO(tried.reason);
        const Traits traits = traits_of({tried.trait});
        CHECK(reason_to_skip(traits, {}, {}) == tried.reason);
        Waivers own;
        own.*tried.waiver = true;
        CHECK_FALSE(reason_to_skip(traits, {}, own));
        Waivers others{true, true, true, true, true, true, true, true, true};
        for (const Case& same : cases)
            if (same.trait == tried.trait)
                others.*same.waiver = false;
        CHECK(reason_to_skip(traits, {}, others) == tried.reason);
    }
}

TEST_CASE("who is in the sequence or has unsubscribed is refused whatever the flags say") {
    const Waivers all{true, true, true, true, true, true, true, true, true};
    Whereabouts here;
    here.in_this_sequence = true;
    CHECK(reason_to_skip({}, here, all) == "contacts_already_exists_in_current_campaign");
    CHECK(reason_to_skip(traits_of({Trait::unsubscribed}), {}, all) == "contacts_unsubscribed");
}

TEST_CASE("of several reasons the first that is not waived is given") {
    const Traits traits = traits_of({Trait::no_email, Trait::job_change, Trait::pending});
    Waivers waivers;
    CHECK(reason_to_skip(traits, {}, waivers) == "contacts_without_email");
    waivers.sequence_no_email = true;
    CHECK(reason_to_skip(traits, {}, waivers) == "contacts_with_job_change");
    waivers.sequence_job_change = true;
    CHECK(reason_to_skip(traits, {}, waivers) == "contacts_in_pending_state");
}

TEST_CASE("being elsewhere counts by what has really happened") {
    Whereabouts active;
    active.active_in_another = true;
    CHECK(reason_to_skip({}, active, {}) == "contacts_active_in_other_campaigns");
    Whereabouts finished;
    finished.finished_in_another = true;
    CHECK(reason_to_skip({}, finished, {}) == "contacts_finished_in_other_campaigns");
    Whereabouts colleague;
    colleague.colleague_in_this_sequence = true;
    CHECK(reason_to_skip({}, colleague, {}) == "contacts_in_same_company");
    CHECK_FALSE(reason_to_skip({}, {}, {}));
}

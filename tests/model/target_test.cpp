#include "seqload/model/target.hpp"

#include "model/any_target.hpp"
#include "support/numbered_id.hpp"

#include <array>
#include <cstdint>
#include <set>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::test;

TEST_CASE("the nine flags have the API's names") {
    CHECK(name(Flag::sequence_no_email) == "sequence_no_email");
    CHECK(name(Flag::add_if_in_queue) == "add_if_in_queue");
    CHECK(name(Flag::contact_verification_skipped) == "contact_verification_skipped");
    CHECK(std::set(flag_names.begin(), flag_names.end()).size() == flag_count);
}

TEST_CASE("an initial status that was not given has no name") {
    CHECK(name(InitialStatus::unspecified) == "");
    CHECK(name(InitialStatus::active) == "active");
    CHECK(name(InitialStatus::paused) == "paused");
}

TEST_CASE("the mailboxes make one cell") {
    Target target;
    CHECK(mailboxes_text(target) == "");
    target.mailboxes = {numbered_id(1)};
    CHECK(mailboxes_text(target) == "000000000000000000000001");
    target.mailboxes.push_back(numbered_id(0xff));
    CHECK(mailboxes_text(target) == "000000000000000000000001;0000000000000000000000ff");
}

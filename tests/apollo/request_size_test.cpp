#include "seqload/apollo/request_size.hpp"

#include "apollo/apollo_fixture.hpp"
#include "seqload/apollo/add_request.hpp"

#include <limits>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

constexpr std::uint32_t no_batch_size = 1'000'000;

std::size_t target_size(const Target& target, const Batch& batch) {
    return add_request(target, batch, ParametersForm::query, test_key(), "agent").target.size();
}

// A target whose own parameters have any length, up to more than fits.
Target target_of_any_size() {
    Target target = *rc::gen::element(plain_target(), full_target());
    target.from_address =
        std::string(*rc::gen::inRange<std::size_t>(0, 8100), *rc::gen::element('a', '@', '\xe4'));
    return target;
}

}  // namespace

TEST_CASE("one contact costs 43 bytes") {
    const std::size_t one = target_size(plain_target(), contact_batch(1));
    CHECK(target_size(plain_target(), contact_batch(2)) == one + 43);
    CHECK(contact_cost == 43);
}

TEST_CASE("as many contacts as fit into 8,000 bytes, and not one more") {
    CHECK(rc::check([] {
        const Target target = target_of_any_size();
        if (form_for(target, ParametersForm::query) == ParametersForm::body)
            return;
        const auto fitting = contacts_per_request(target, ParametersForm::query, no_batch_size);
        RC_ASSERT(fitting >= 1U);
        const std::size_t size = target_size(target, contact_batch(fitting));
        RC_ASSERT(size <= request_target_limit);
        RC_ASSERT(size + contact_cost > request_target_limit);
    }));
}

TEST_CASE("the batch size holds where it is the smaller limit") {
    CHECK(contacts_per_request(plain_target(), ParametersForm::query, 100) == 100);
    CHECK(contacts_per_request(plain_target(), ParametersForm::query, 1) == 1);
    CHECK(contacts_per_request(plain_target(), ParametersForm::query, 500) == 182);
}

TEST_CASE("in the body form and for several mailboxes only the batch size holds") {
    CHECK(contacts_per_request(plain_target(), ParametersForm::body, 5000) == 5000);
    CHECK(contacts_per_request(rotating_target(), ParametersForm::query, 5000) == 5000);
    CHECK(label_room(rotating_target(), ParametersForm::query) ==
          std::numeric_limits<std::size_t>::max());
    CHECK(label_fits(plain_target(), ParametersForm::body, std::string(100'000, 'x')));
}

TEST_CASE("a target that leaves no room for a contact goes out as JSON") {
    Target target = plain_target();
    target.from_address = std::string(8000, 'a');
    CHECK(form_for(target, ParametersForm::query) == ParametersForm::body);
    CHECK(contacts_per_request(target, ParametersForm::query, 100) == 100);
    const auto request =
        add_request(target, contact_batch(100), ParametersForm::query, test_key(), "agent");
    CHECK(request.target.size() < 200);
    CHECK_FALSE(request.body.empty());
}

TEST_CASE("a label fits up to the very byte, and not beyond") {
    const std::size_t room = label_room(plain_target(), ParametersForm::query);
    const std::string longest(room - label_cost(""), 'x');
    CHECK(label_fits(plain_target(), ParametersForm::query, longest));
    CHECK(target_size(plain_target(), label_batch({longest})) == request_target_limit);
    CHECK_FALSE(label_fits(plain_target(), ParametersForm::query, longest + 'x'));
}

TEST_CASE("labels cost together what they cost apart, whatever their bytes") {
    CHECK(rc::check([] {
        const auto labels = *rc::gen::nonEmpty(rc::gen::resize(
            20, rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty<std::string>())));
        const Target target = *rc::gen::element(plain_target(), full_target());
        std::size_t cost = 0;
        for (const std::string& label : labels)
            cost += label_cost(label);
        const std::size_t room = label_room(target, ParametersForm::query);
        RC_PRE(cost <= room);
        RC_ASSERT(target_size(target, label_batch(labels)) + room - cost == request_target_limit);
    }));
}

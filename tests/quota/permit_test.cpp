#include "seqload/quota/permit.hpp"

#include "quota/gate_fixture.hpp"

#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::quota;
using test::GateFixture;

static_assert(!std::is_copy_constructible_v<Permit>);
static_assert(!std::is_copy_assignable_v<Permit>);
static_assert(std::is_nothrow_move_constructible_v<Permit>);
static_assert(!std::is_default_constructible_v<Permit>);

TEST_CASE("a permit that is dropped unused goes back") {
    GateFixture fixture(QuotaLimits{{1, std::nullopt, std::nullopt}});
    {
        const auto permit = fixture.gate.ask(fixture.now);
        CHECK(std::holds_alternative<Permit>(permit));
        CHECK_FALSE(fixture.may_send());
    }
    CHECK(fixture.may_send());
}

TEST_CASE("a permit moved on is one permit") {
    GateFixture fixture(QuotaLimits{{3, std::nullopt, std::nullopt}});
    fixture.exchange();
    auto first = std::get<Permit>(fixture.gate.ask(fixture.now));
    Permit second = std::move(first);
    CHECK(fixture.left(Window::minute) == 1);
    auto third = std::get<Permit>(fixture.gate.ask(fixture.now));
    CHECK(fixture.left(Window::minute) == 0);
    third = std::move(second);  // gives its own back
    CHECK(fixture.left(Window::minute) == 1);
}

TEST_CASE("a permit may outlive its gate") {
    auto gate = std::make_unique<Gate>(basic_plan);
    const auto permit = gate->ask(SteadyTime{});
    gate.reset();
    CHECK(std::holds_alternative<Permit>(permit));
}

TEST_CASE("sending without a permit of this gate is a broken promise") {
    GateFixture fixture(basic_plan);
    GateFixture other(basic_plan);
    auto permit = std::get<Permit>(fixture.gate.ask(fixture.now));
    Permit moved = std::move(permit);
    CHECK_THROWS_AS(fixture.gate.sent(std::move(permit), fixture.now), std::logic_error);
    CHECK_THROWS_AS(other.gate.sent(std::move(moved), other.now), std::logic_error);
}

TEST_CASE("a request ends once") {
    GateFixture fixture(basic_plan);
    const Ticket ticket = fixture.send();
    fixture.gate.answered(ticket, fixture.now, {});
    CHECK_THROWS_AS(fixture.gate.answered(ticket, fixture.now, {}), std::logic_error);
    CHECK_THROWS_AS(fixture.gate.lost(ticket, fixture.now), std::logic_error);
    CHECK_THROWS_AS(fixture.gate.never_sent(ticket), std::logic_error);
}

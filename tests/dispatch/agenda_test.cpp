#include "seqload/dispatch/agenda.hpp"

#include <doctest/doctest.h>

namespace seqload::dispatch {

using namespace std::chrono_literals;

namespace {

SteadyTime at(Duration time) {
    return SteadyTime(time);
}

Job job(std::int64_t number) {
    Job made;
    made.number = number;
    return made;
}

Job canary(std::int64_t number) {
    Job made = job(number);
    made.is_canary = true;
    return made;
}

Job taken(Agenda& agenda, SteadyTime now) {
    auto next = agenda.next(now);
    REQUIRE(std::holds_alternative<Agenda::Work>(next));
    return std::get<Agenda::Work>(std::move(next)).job;
}

template <class Expected>
bool says(Agenda& agenda, SteadyTime now) {
    return std::holds_alternative<Expected>(agenda.next(now));
}

Agenda holding(std::vector<Job> jobs) {
    Agenda agenda;
    REQUIRE(says<Agenda::Fetch>(agenda, at(0s)));
    agenda.fetched(std::move(jobs));
    return agenda;
}

}  // namespace

TEST_CASE("only one worker fetches, the others wait for it") {
    Agenda agenda;
    CHECK(says<Agenda::Fetch>(agenda, at(0s)));
    CHECK(says<Agenda::Wait>(agenda, at(0s)));
    agenda.fetched({job(1)});
    CHECK(taken(agenda, at(0s)).number == 1);
    CHECK(says<Agenda::Fetch>(agenda, at(0s)));
}

TEST_CASE("batches go out in the order in which they came") {
    Agenda agenda = holding({job(1), job(2), job(3)});
    for (const std::int64_t number : {1, 2, 3})
        CHECK(taken(agenda, at(0s)).number == number);
}

TEST_CASE("a run is done when nothing is ready, deferred, in hand or to be fetched") {
    Agenda agenda = holding({job(1)});
    Job in_hand = taken(agenda, at(0s));
    CHECK(says<Agenda::Fetch>(agenda, at(0s)));
    agenda.exhausted();
    CHECK(says<Agenda::Wait>(agenda, at(0s)));
    CHECK(agenda.open() == 1);
    agenda.finished(in_hand);
    CHECK(says<Agenda::Done>(agenda, at(0s)));
    CHECK(agenda.open() == 0);
}

TEST_CASE("a deferred batch comes back at its time and before new ones") {
    Agenda agenda = holding({job(1), job(2), job(3)});
    agenda.defer(taken(agenda, at(0s)), at(10s));
    agenda.defer(taken(agenda, at(0s)), at(5s));
    const Job third = taken(agenda, at(4s));
    CHECK(third.number == 3);
    agenda.finished(third);
    CHECK(says<Agenda::Fetch>(agenda, at(4s)));
    agenda.exhausted();
    const auto next = agenda.next(at(4s));
    REQUIRE(std::holds_alternative<Agenda::WaitUntil>(next));
    CHECK(std::get<Agenda::WaitUntil>(next).when == at(5s));
    CHECK(taken(agenda, at(5s)).number == 2);
    CHECK(taken(agenda, at(11s)).number == 1);
}

TEST_CASE("halves and batches that were put back come before all others") {
    Agenda agenda = holding({job(1), job(2), job(3)});
    const Job whole = taken(agenda, at(0s));
    CHECK(whole.number == 1);
    agenda.split(job(10), job(11));
    CHECK(taken(agenda, at(0s)).number == 10);
    agenda.put_back(job(10));
    CHECK(taken(agenda, at(0s)).number == 10);
    CHECK(taken(agenda, at(0s)).number == 11);
    CHECK(taken(agenda, at(0s)).number == 2);
}

TEST_CASE("a stopped agenda hands out nothing more and keeps what is open") {
    Agenda agenda = holding({job(1), job(2)});
    Job in_hand = taken(agenda, at(0s));
    agenda.stop();
    CHECK(says<Agenda::Done>(agenda, at(0s)));
    agenda.put_back(std::move(in_hand));
    CHECK(says<Agenda::Done>(agenda, at(0s)));
    CHECK(agenda.open() == 2);
}

TEST_CASE("while a canary is open, only canaries are handed out and nothing is fetched") {
    Agenda agenda = holding({canary(1), canary(2), job(3), job(4)});
    const Job first = taken(agenda, at(0s));
    const Job second = taken(agenda, at(0s));
    CHECK(says<Agenda::Wait>(agenda, at(0s)));
    agenda.finished(first);
    CHECK(says<Agenda::Wait>(agenda, at(0s)));
    agenda.finished(second);
    CHECK(taken(agenda, at(0s)).number == 3);
    CHECK(taken(agenda, at(0s)).number == 4);
    CHECK(says<Agenda::Fetch>(agenda, at(0s)));
}

TEST_CASE("a canary that is put back, deferred or halved is as open as before") {
    Agenda agenda = holding({job(1), canary(2), job(3)});
    agenda.put_back(taken(agenda, at(0s)));
    Job in_hand = taken(agenda, at(0s));
    CHECK(in_hand.number == 2);
    agenda.defer(std::move(in_hand), at(5s));
    const auto next = agenda.next(at(0s));
    REQUIRE(std::holds_alternative<Agenda::WaitUntil>(next));
    CHECK(std::get<Agenda::WaitUntil>(next).when == at(5s));
    CHECK(taken(agenda, at(5s)).number == 2);
    agenda.split(canary(10), canary(11));
    const Job half = taken(agenda, at(5s));
    const Job other_half = taken(agenda, at(5s));
    CHECK(half.number == 10);
    CHECK(other_half.number == 11);
    agenda.finished(other_half);
    CHECK(says<Agenda::Wait>(agenda, at(5s)));
    agenda.finished(half);
    CHECK(taken(agenda, at(5s)).number == 1);
    CHECK(taken(agenda, at(5s)).number == 3);
}

TEST_CASE("canaries are fetched to the last before anything else goes out") {
    Agenda agenda = holding({canary(1)});
    const Job first = taken(agenda, at(0s));
    CHECK(says<Agenda::Fetch>(agenda, at(0s)));
    agenda.fetched({canary(2), job(3)});
    agenda.finished(first);
    const Job second = taken(agenda, at(0s));
    CHECK(second.number == 2);
    CHECK(says<Agenda::Wait>(agenda, at(0s)));
    agenda.finished(second);
    CHECK(taken(agenda, at(0s)).number == 3);
}

TEST_CASE("between a canary and the rest one worker asks, once, and the others wait") {
    Agenda agenda(true);
    agenda.fetched({canary(1), job(2), job(3)});
    const Job tried = taken(agenda, at(0s));
    CHECK(says<Agenda::Wait>(agenda, at(0s)));
    agenda.finished(tried);
    CHECK(says<Agenda::Ask>(agenda, at(0s)));
    CHECK(says<Agenda::Wait>(agenda, at(0s)));
    agenda.go_ahead();
    CHECK(taken(agenda, at(0s)).number == 2);
    CHECK(taken(agenda, at(0s)).number == 3);
}

TEST_CASE("nobody asks where there was no canary, or nothing is left behind it") {
    Agenda without(true);
    without.fetched({job(1)});
    CHECK(taken(without, at(0s)).number == 1);

    Agenda alone(true);
    alone.fetched({canary(1)});
    const Job tried = taken(alone, at(0s));
    alone.finished(tried);
    CHECK(says<Agenda::Fetch>(alone, at(0s)));
    alone.exhausted();
    CHECK(says<Agenda::Done>(alone, at(0s)));
}

TEST_CASE("a stop in place of the go-ahead is the end") {
    Agenda agenda(true);
    agenda.fetched({canary(1), job(2)});
    const Job tried = taken(agenda, at(0s));
    agenda.finished(tried);
    CHECK(says<Agenda::Ask>(agenda, at(0s)));
    agenda.stop();
    CHECK(says<Agenda::Done>(agenda, at(0s)));
    CHECK(agenda.open() == 1);
}

}  // namespace seqload::dispatch

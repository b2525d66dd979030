#include "seqload/state/quota_log.hpp"

#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

const QuotaRoute adding{.api_url = "https://api.apollo.io", .team = "a1b2c3d4", .path = "/add"};

QuotaEvent event(std::string what, int seconds) {
    return {.what = std::move(what), .at = at(seconds)};
}

// Two processes with a run each on one file.
class TwoProcesses {
public:
    TwoProcesses() {
        must(first->begin_run(new_run()));
        must(second->begin_run(new_run(other_run)));
    }

    static constexpr const char* other_run = "20261123-213623-zzzz";

private:
    test::TemporaryDirectory directory_;

public:
    std::unique_ptr<Store> first = open_store(directory_.path() / "state.db");
    std::unique_ptr<Store> second = open_store(directory_.path() / "state.db");
};

std::vector<std::string> words(const std::vector<ForeignQuotaEvent>& events) {
    std::vector<std::string> words;
    for (const ForeignQuotaEvent& foreign : events)
        words.push_back(foreign.event.what);
    return words;
}

}  // namespace

TEST_CASE("what one process adds to the log is news to the others, once, and not to itself") {
    TwoProcesses both;
    auto one = must(both.first->join_quota_log(adding, at(0)));
    auto other = must(both.second->join_quota_log(adding, at(0)));
    CHECK(one.writer.source != other.writer.source);
    QuotaStep step;
    step.events = {event("a", 1), event("b", 2)};
    CHECK(must(both.first->apply(run_id, {}, one.writer, step)).foreign.empty());
    const auto news = must(both.second->apply(both.other_run, {}, other.writer, {}));
    CHECK(words(news.foreign) == std::vector<std::string>{"a", "b"});
    CHECK(news.foreign.front().source == one.writer.source);
    CHECK(news.foreign.front().event.at == at(1));
    CHECK(must(both.second->apply(both.other_run, {}, other.writer, {})).foreign.empty());
    CHECK(must(both.first->apply(run_id, {}, one.writer, {})).foreign.empty());
}

TEST_CASE("a request is on record only if nobody has added to the log meanwhile") {
    TwoProcesses both;
    must(both.first->record_plan(run_id, plan_of(two_targets())));
    auto one = must(both.first->join_quota_log(adding, at(0)));
    auto other = must(both.second->join_quota_log(adding, at(0)));
    QuotaStep theirs;
    theirs.departures.push_back({.heard = 0, .change = std::nullopt, .event = event("theirs", 1)});
    CHECK(must(both.second->apply(both.other_run, {}, other.writer, theirs)).departed.at(0));

    QuotaStep ours;
    ours.departures.push_back(
        {.change = in_flight(1, contacts({1, 2})), .event = event("ours", 2)});
    const auto refused = must(both.first->apply(run_id, {}, one.writer, ours));
    CHECK_FALSE(refused.departed.at(0));
    CHECK(words(refused.foreign) == std::vector<std::string>{"theirs"});
    CHECK(must(both.first->open_batches(run_id)).empty());

    // Not even if the writer has read it meanwhile: whoever let it go did not know.
    CHECK_FALSE(must(both.first->apply(run_id, {}, one.writer, ours)).departed.at(0));
    ours.departures[0].heard = refused.foreign.back().number;
    CHECK(must(both.first->apply(run_id, {}, one.writer, ours)).departed.at(0));
    CHECK(must(both.first->open_batches(run_id)).size() == 1);
    CHECK(words(must(both.second->apply(both.other_run, {}, other.writer, {})).foreign) ==
          std::vector<std::string>{"ours"});
}

TEST_CASE("who joins hears what happened since the time it asks for, and the rest is forgotten") {
    TwoProcesses both;
    auto one = must(both.first->join_quota_log(adding, at(0)));
    QuotaStep step;
    step.events = {event("long ago", 10), event("lately", 20)};
    must(both.first->apply(run_id, {}, one.writer, step));
    CHECK(words(must(both.second->join_quota_log(adding, at(20))).foreign) ==
          std::vector<std::string>{"lately"});
    CHECK(words(must(both.second->join_quota_log(adding, at(0))).foreign) ==
          std::vector<std::string>{"lately"});
}

TEST_CASE("who only looks at the log reads it, and is no writer of it") {
    TwoProcesses both;
    CHECK(must(both.second->quota_log(adding, at(0))).empty());
    auto one = must(both.first->join_quota_log(adding, at(0)));
    QuotaStep step;
    step.events = {event("long ago", 10), event("lately", 20)};
    must(both.first->apply(run_id, {}, one.writer, step));
    CHECK(words(must(both.second->quota_log(adding, at(0)))) ==
          std::vector<std::string>{"long ago", "lately"});
    const auto lately = must(both.second->quota_log(adding, at(20)));
    CHECK(words(lately) == std::vector<std::string>{"lately"});
    CHECK(lately.front().source == one.writer.source);
    CHECK(lately.front().event.at == at(20));
    CHECK(must(both.second->join_quota_log(adding, at(0))).writer.source == one.writer.source + 1);
    QuotaRoute another = adding;
    another.path += "x";
    CHECK(must(both.second->quota_log(another, at(0))).empty());
}

TEST_CASE("each host, team and route has a log of its own") {
    TwoProcesses both;
    auto one = must(both.first->join_quota_log(adding, at(0)));
    QuotaStep step;
    step.events = {event("a", 1)};
    must(both.first->apply(run_id, {}, one.writer, step));
    for (auto route : {&QuotaRoute::api_url, &QuotaRoute::team, &QuotaRoute::path}) {
        QuotaRoute another = adding;
        another.*route += "x";
        CHECK(must(both.second->join_quota_log(another, at(0))).foreign.empty());
    }
}

TEST_CASE("no writer ever has the number of an earlier one") {
    TwoProcesses both;
    const auto one = must(both.first->join_quota_log(adding, at(0)));
    const auto again = must(both.first->join_quota_log(adding, at(1000)));
    CHECK(again.writer.source > one.writer.source);
}

}  // namespace seqload::state

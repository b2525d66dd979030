#pragma once

// The summary of a run in which everything happened.

#include "seqload/base/timestamp.hpp"
#include "seqload/report/summary.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace seqload::test {

inline report::Counters some_counters() {
    report::Counters counters;
    counters.requests = {.sent = 13, .retried = 2, .rate_limited = 1};
    counters[Window::minute] = {.limit = 200, .used = 13, .left = 187};
    counters[Window::hour] = {.limit = 400,
                              .used = 20,
                              .left = 380,
                              .resets_at = parse_timestamp("2026-11-23T22:36:22Z")};
    counters[Window::day] = {.limit = std::nullopt, .used = 20, .left = std::nullopt};
    counters.bytes = {.sent = 40'000, .received = 5'000'000'000};
    counters.forecast = {.requests = 12,
                         .duration = std::chrono::seconds(60),
                         .finishes_at = *parse_timestamp("2026-11-23T21:37:22Z")};
    counters.took = std::chrono::milliseconds(75'500);
    return counters;
}

inline Target plain_target() {
    Target target;
    target.sequence = *Id::parse("66e9e215ece19801b2199901");
    target.mailboxes = {*Id::parse("66e9e215ece19801b2199a01")};
    return target;
}

inline Target target_with_everything() {
    Target target = plain_target();
    target.mailboxes.push_back(*Id::parse("66e9e215ece19801b2199a02"));
    target.from_address = "ann@example.com";
    target.user = Id::parse("66e9e215ece19801b2199b01");
    target.status = InitialStatus::paused;
    target.auto_unpause_at = "2026-12-01T08:00:00Z";
    target.flags.set(static_cast<std::size_t>(Flag::sequence_no_email));
    return target;
}

inline report::Summary full_summary() {
    report::Summary summary;
    summary.run_id = "20261123-213622-k7q2";
    summary.command = "load";
    summary.inputs = {{"people.csv", 1'300, 65'536, "00112233445566778899aabbccddeeff"}};
    summary.started_at = *parse_timestamp("2026-11-23T21:36:22Z");
    summary.finished_at = summary.started_at + std::chrono::seconds(75);
    summary.stop_reason = "finished";
    summary.exit_code = 1;
    summary.rows[RowStatus::added] = 1'200;
    summary.rows[RowStatus::skipped] = 60;
    summary.rows[RowStatus::invalid] = 36;
    summary.rows[RowStatus::unconfirmed] = 4;
    summary.contacts_added = 1'200;
    summary.contacts_skipped = 60;
    summary.reasons[RowStatus::skipped] = {{"contact_not_found", 40},
                                           {"contacts_unverified_email", 20}};
    summary.reasons[RowStatus::invalid] = {{"bad_contact_id", 36}};
    summary.counters = some_counters();
    summary.minimum_requests = 12;
    for (const Target& target : {plain_target(), target_with_everything()}) {
        report::TargetSummary of_target;
        of_target.target = target;
        of_target.rows[RowStatus::added] = 600;
        of_target.contacts_added = 600;
        of_target.requests = 6;
        summary.targets.push_back(std::move(of_target));
    }
    return summary;
}

}  // namespace seqload::test

#include "seqload/report/summary_json.hpp"

#include "report/run_fixture.hpp"
#include "report/summary_fixture.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload;

TEST_CASE("summary.json has its members in their order") {
    CHECK(to_json_text(test::full_summary()) == R"({
  "run_id": "20261123-213622-k7q2",
  "command": "load",
  "input": [
    {
      "file": "people.csv",
      "rows": 1300,
      "bytes": 65536,
      "fingerprint": "00112233445566778899aabbccddeeff"
    }
  ],
  "started_at": "2026-11-23T21:36:22.000Z",
  "finished_at": "2026-11-23T21:37:37.000Z",
  "stop_reason": "finished",
  "exit_code": 1,
  "rows": {
    "total": 1300,
    "added": 1200,
    "already_in_sequence": 0,
    "skipped": 60,
    "duplicate": 0,
    "excluded": 0,
    "invalid": 36,
    "failed": 0,
    "unconfirmed": 4,
    "not_attempted": 0
  },
  "contacts": {
    "added": 1200,
    "skipped": 60
  },
  "reasons": {
    "skipped": {
      "contact_not_found": 40,
      "contacts_unverified_email": 20
    },
    "invalid": {
      "bad_contact_id": 36
    }
  },
  "targets": [
    {
      "sequence_id": "66e9e215ece19801b2199901",
      "email_account_id": "66e9e215ece19801b2199a01",
      "rows": {
        "total": 600,
        "added": 600,
        "already_in_sequence": 0,
        "skipped": 0,
        "duplicate": 0,
        "excluded": 0,
        "invalid": 0,
        "failed": 0,
        "unconfirmed": 0,
        "not_attempted": 0
      },
      "contacts": {
        "added": 600,
        "skipped": 0
      },
      "requests": 6
    },
    {
      "sequence_id": "66e9e215ece19801b2199901",
      "email_account_id": "66e9e215ece19801b2199a01;66e9e215ece19801b2199a02",
      "send_email_from_email_address": "ann@example.com",
      "user_id": "66e9e215ece19801b2199b01",
      "status": "paused",
      "auto_unpause_at": "2026-12-01T08:00:00Z",
      "sequence_no_email": true,
      "rows": {
        "total": 600,
        "added": 600,
        "already_in_sequence": 0,
        "skipped": 0,
        "duplicate": 0,
        "excluded": 0,
        "invalid": 0,
        "failed": 0,
        "unconfirmed": 0,
        "not_attempted": 0
      },
      "contacts": {
        "added": 600,
        "skipped": 0
      },
      "requests": 6
    }
  ],
  "requests": {
    "sent": 13,
    "retried": 2,
    "rate_limited": 1,
    "minimum": 12
  },
  "quota": {
    "minute": {
      "limit": 200,
      "used": 13,
      "left": 187,
      "resets_at": null
    },
    "hour": {
      "limit": 400,
      "used": 20,
      "left": 380,
      "resets_at": "2026-11-23T22:36:22.000Z"
    },
    "day": {
      "limit": null,
      "used": 20,
      "left": null,
      "resets_at": null
    }
  },
  "bytes": {
    "sent": 40000,
    "received": 5000000000
  },
  "forecast": {
    "requests": 12,
    "duration_seconds": 60.0,
    "finishes_at": "2026-11-23T21:37:22.000Z",
    "took_seconds": 75.5
  },
  "remaining": null
}
)");
}

TEST_CASE("what a run that was killed does not know is null") {
    report::Summary summary = test::full_summary();
    summary.finished_at.reset();
    summary.stop_reason.clear();
    summary.exit_code.reset();
    const std::string text = to_json_text(summary);
    for (const char* member :
         {R"("finished_at": null)", R"("stop_reason": null)", R"("exit_code": null)"})
        CHECK(text.find(member) != std::string::npos);
}

TEST_CASE("targets that are not listed are counted") {
    report::Summary summary = test::full_summary();
    CHECK(to_json_text(summary).find("targets_left_out") == std::string::npos);
    summary.targets_left_out = 7;
    CHECK(to_json_text(summary).find("  ],\n  \"targets_left_out\": 7,\n  \"requests\": {") !=
          std::string::npos);
}

TEST_CASE("bytes that are no UTF-8 are replaced") {
    report::Summary summary = test::full_summary();
    summary.inputs[0].file = "\xFF.csv";
    CHECK(to_json_text(summary).find("\"\xEF\xBF\xBD.csv\"") != std::string::npos);
}

TEST_CASE("summary.json is written whole, or the path is told") {
    const test::TemporaryDirectory directory;
    const auto path = directory.path() / "summary.json";
    REQUIRE(write_summary(test::full_summary(), path).has_value());
    CHECK(test::content(path) == to_json_text(test::full_summary()));
    const auto refused = write_summary(test::full_summary(), directory.path() / "no" / "s.json");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().where == (directory.path() / "no" / "s.json").string());
}

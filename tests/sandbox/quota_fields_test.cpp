#include "seqload/sandbox/quota_fields.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace seqload;
using namespace seqload::sandbox;
using namespace std::chrono_literals;

namespace {

std::string fields_of(const Answer& answer) {
    std::string text;
    for (const auto& [name, value] : answer.fields)
        text += name + ": " + value + "\n";
    return text;
}

}  // namespace

TEST_CASE("every limited window shows limit, usage and what is left") {
    QuotaWindows quota(basic_plan);
    quota.take(SteadyTime{});
    quota.take(SteadyTime{} + 61s);
    Answer answer;
    add_quota_fields(answer, quota, SteadyTime{} + 61s);
    CHECK(fields_of(answer) ==
          "x-rate-limit-minute: 200\nx-minute-usage: 1\nx-minute-requests-left: 199\n"
          "x-rate-limit-hourly: 400\nx-hourly-usage: 2\nx-hourly-requests-left: 398\n"
          "x-rate-limit-24-hour: 2000\nx-24-hour-usage: 2\nx-24-hour-requests-left: 1998\n");
}

TEST_CASE("an unlimited window shows an empty limit and nothing else") {
    Answer answer;
    add_quota_fields(answer, QuotaWindows(QuotaLimits{{5, std::nullopt, std::nullopt}}),
                     SteadyTime{});
    CHECK(fields_of(answer) ==
          "x-rate-limit-minute: 5\nx-minute-usage: 0\nx-minute-requests-left: 5\n"
          "x-rate-limit-hourly: \nx-rate-limit-24-hour: \n");
}

TEST_CASE("a refusal names the route, the window and its limit, and says when to come back") {
    QuotaWindows quota(basic_plan);
    const Answer answer = refusal_answer(Route::add_contact_ids, quota, {Window::hour, 12s + 1ns});
    CHECK(answer.status == 429);
    CHECK(answer.fields.find("retry-after") == "13");
    CHECK(answer.body ==
          R"({"message":"The maximum number of api calls allowed for )"
          R"(api/v1/emailer_campaigns/{sequence_id}/add_contact_ids is 400 times per hour. )"
          R"(Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."})");
}

TEST_CASE("the seconds to wait are rounded up, and never none") {
    CHECK(retry_after_seconds(1ns) == 1);
    CHECK(retry_after_seconds(1s) == 1);
    CHECK(retry_after_seconds(1s + 1ns) == 2);
    CHECK(retry_after_seconds(0s) == 1);
}

TEST_CASE("the statistics of use count as the windows do") {
    QuotaWindows quota(QuotaLimits{{200, 600, std::nullopt}});
    quota.take(SteadyTime{});
    CHECK(usage_json(quota, SteadyTime{} + 61s).dump() ==
          R"({"day":{"limit":null,"consumed":1,"left_over":null},)"
          R"("hour":{"limit":600,"consumed":1,"left_over":599},)"
          R"("minute":{"limit":200,"consumed":0,"left_over":200}})");
}

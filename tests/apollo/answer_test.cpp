#include "seqload/apollo/answer.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_answers.hpp"
#include "seqload/apollo/message.hpp"
#include "seqload/model/outcome.hpp"

#include <string>
#include <variant>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;
using namespace std::chrono_literals;

namespace {

Answer answer_to(unsigned status, std::string body, HeaderFields headers = {}) {
    return read_answer({status, std::move(headers), std::move(body)}, sequence, WallTime{});
}

RateLimited rate_limited(std::string body, HeaderFields headers = {}) {
    const Answer answer = answer_to(429, std::move(body), std::move(headers));
    REQUIRE(std::holds_alternative<RateLimited>(answer));
    return std::get<RateLimited>(answer);
}

}  // namespace

TEST_CASE("a 200 that can be read names who was added") {
    const Answer answer = answer_to(200, std::string(documented_answer));
    REQUIRE(std::holds_alternative<Added>(answer));
    CHECK(std::get<Added>(answer).answer.added.size() == 2);
    CHECK(std::holds_alternative<Added>(answer_to(202, R"({"job_id": 1})")));
}

TEST_CASE("a 200 that cannot be read is not understood") {
    CHECK(answer_to(200, "") == Answer(NotUnderstood{"an empty body instead of JSON"}));
    CHECK(std::holds_alternative<NotUnderstood>(answer_to(204, "")));
    CHECK(std::holds_alternative<NotUnderstood>(answer_to(200, "<html>Sign in</html>")));
    CHECK(std::holds_alternative<NotUnderstood>(answer_to(200, "[]")));
}

TEST_CASE("401 and 403 refuse the key, in whichever words") {
    CHECK(answer_to(401, "Invalid API key. See the docs.") ==
          Answer(KeyRefused{"Invalid API key. See the docs."}));
    CHECK(answer_to(403, R"({"error": "This key is not authorized.",
                             "error_code": "API_INACCESSIBLE"})") ==
          Answer(KeyRefused{"This key is not authorized."}));
    CHECK(answer_to(403, R"({"message": "for paid plans only"})") ==
          Answer(KeyRefused{"for paid plans only"}));
}

TEST_CASE("404 means that the sequence is not there") {
    CHECK(answer_to(404, "") == Answer(TargetUnusable{reason::sequence_not_found, "no message"}));
}

TEST_CASE("422 is told apart by its words") {
    CHECK(answer_to(422, R"({"error": "These mailboxes are no longer active. a@example.com"})") ==
          Answer(TargetUnusable{reason::mailbox_inactive,
                                "These mailboxes are no longer active. a@example.com"}));
    CHECK(std::get<TargetUnusable>(
              answer_to(422, R"({"error": "Aggregate accounts are not supported for this
                                 sequence. These are: 6633baaece5fbd01c791d7ca"})"))
              .reason == reason::mailbox_not_supported);
    CHECK(std::holds_alternative<RequestRejected>(
        answer_to(422, R"({"error": "Please specify either contact_ids or label_names."})")));
    CHECK(answer_to(422, R"({"error": "Something else"})") ==
          Answer(BatchRejected{"Something else"}));
    CHECK(answer_to(422, "") == Answer(BatchRejected{"no message"}));
}

TEST_CASE("400, 413 and 414 may be one row's fault; other refusals are final") {
    for (const unsigned status : {400U, 413U, 414U})
        CHECK(std::holds_alternative<BatchRejected>(answer_to(status, "too much")));
    for (const unsigned status : {301U, 302U, 307U, 304U, 402U, 405U, 409U, 410U, 418U, 431U, 451U})
        CHECK(std::holds_alternative<RequestRejected>(answer_to(status, "no")));
    CHECK(std::holds_alternative<RequestRejected>(answer_to(100, "")));
}

TEST_CASE("408 and 5xx are their fault, HTML or not") {
    for (const unsigned status : {408U, 500U, 502U, 503U, 504U, 520U, 599U, 999U})
        CHECK(std::holds_alternative<ServerFault>(answer_to(status, "oops")));
    CHECK(answer_to(502, "<html><head><title>502 Bad\n Gateway</title></head>…") ==
          Answer(ServerFault{"502 Bad Gateway"}));
}

TEST_CASE("429 tells the window in its message and the wait in its header") {
    const auto message = [](const std::string& per) {
        return R"({"message": "The maximum number of api calls allowed for
                   api/v1/emailer_campaigns/{sequence_id}/add_contact_ids is 400 times )" +
               per + R"(. Please upgrade your plan."})";
    };
    const RateLimited hour = rate_limited(message("per hour"), {{"Retry-After", "1805"}});
    CHECK(hour.window == Window::hour);
    CHECK(hour.retry_after == 1805s);
    CHECK(hour.message.find("400 times per hour") != std::string::npos);

    CHECK(rate_limited(message("per minute")).window == Window::minute);
    CHECK(rate_limited(message("per day")).window == Window::day);
    CHECK(rate_limited(message("Per 24 Hours")).window == Window::day);
    CHECK_FALSE(rate_limited("slow down").window);
    CHECK_FALSE(rate_limited("slow down").retry_after);
    CHECK_FALSE(rate_limited("", {{"retry-after", "soon"}}).retry_after);
}

TEST_CASE("a message is never longer than its limit, nor empty") {
    for (const unsigned status : {400U, 401U, 404U, 422U, 429U, 500U, 418U}) {
        for (const std::string& body :
             {std::string(100'000, 'x'), std::string(), std::string(9, '\n')}) {
            std::visit(
                [](const auto& kind) {
                    if constexpr (requires { kind.message; }) {
                        CHECK(kind.message.size() <= message_limit);
                        CHECK_FALSE(kind.message.empty());
                    }
                },
                answer_to(status, body));
        }
    }
}

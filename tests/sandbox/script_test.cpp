#include "seqload/sandbox/script.hpp"

#include "seqload/sandbox/gzip.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>
#include <zlib.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace std::chrono_literals;

namespace {

const WallTime now{1'764'000'000'000ms};

Answer sample() {
    return json_answer(200, std::string(R"({"contacts":[{"id":"66f000000000000000000001"}]})"));
}

FaultRule script_rule(const std::string& json) {
    const auto rules = read_faults("[" + json + "]", "faults");
    REQUIRE_MESSAGE(rules, to_string(rules.error()));
    return rules->front();
}

std::string sent(const Script& script) {
    std::string bytes;
    for (const Step& step : script.steps)
        if (const auto* once = std::get_if<Send>(&step))
            bytes += once->bytes;
    return bytes;
}

std::string unpacked(std::string_view packed) {
    z_stream state{};
    REQUIRE(inflateInit2(&state, 15 + 16) == Z_OK);
    std::string text(std::size_t{8} << 20, '\0');
    state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    state.avail_in = static_cast<uInt>(packed.size());
    state.next_out = reinterpret_cast<Bytef*>(text.data());
    state.avail_out = static_cast<uInt>(text.size());
    CHECK(inflate(&state, Z_FINISH) == Z_STREAM_END);
    text.resize(state.total_out);
    inflateEnd(&state);
    return text;
}

Script damaged(const std::string& json) {
    const FaultRule fault = script_rule(json);
    return damaged_script(damaged_answer(sample(), fault), fault, true, now);
}

}  // namespace

TEST_CASE("an undamaged answer is a status line, a date, its fields, its length and its body") {
    const Script script = plain_script(sample(), true, now);
    CHECK(sent(script) ==
          "HTTP/1.1 200 OK\r\ndate: Mon, 24 Nov 2025 16:00:00 GMT\r\n"
          "content-type: application/json; charset=utf-8\r\ncontent-length: 48\r\n\r\n"
          "{\"contacts\":[{\"id\":\"66f000000000000000000001\"}]}");
    CHECK(script.ending == Ending::keep_open);
    CHECK(script.is_answer);
    const Script last = plain_script(sample(), false, now);
    CHECK(last.ending == Ending::close);
    CHECK(sent(last).find("connection: close\r\n") != std::string::npos);
}

TEST_CASE("a lost connection sends nothing, and ends as it was asked to") {
    CHECK(damaged(R"({"kind": "drop"})").ending == Ending::cut);
    CHECK(damaged(R"({"kind": "drop", "close_notify": true})").ending == Ending::close);
    CHECK(damaged(R"({"kind": "reset"})").ending == Ending::reset);
    CHECK(damaged(R"({"kind": "hang"})").ending == Ending::hang);
    for (const char* kind : {"drop", "reset", "hang"}) {
        const Script script = damaged(R"({"kind": ")" + std::string(kind) + R"("})");
        CHECK(sent(script).empty());
        CHECK_FALSE(script.is_answer);
    }
}

TEST_CASE("a half answer is the beginning of the whole one") {
    const std::string whole = sent(plain_script(sample(), true, now));
    const std::string header = sent(damaged(R"({"kind": "half_header"})"));
    CHECK(whole.starts_with(header));
    CHECK(header.find("\r\n\r\n") == std::string::npos);
    const std::string body = sent(damaged(R"({"kind": "half_body"})"));
    CHECK(whole.starts_with(body));
    CHECK(body.size() == whole.size() - 24);
}

TEST_CASE("a half answer may end with a reset") {
    for (const char* kind : {"half_header", "half_body"}) {
        const std::string json = R"({"kind": ")" + std::string(kind) + R"(", "reset": true})";
        CHECK(damaged(json).ending == Ending::reset);
        CHECK_FALSE(sent(damaged(json)).empty());
    }
}

TEST_CASE("keys are renewed before the answer, and sessions forgotten after it") {
    const Script renewing = damaged(R"({"kind": "renew_keys"})");
    CHECK(renewing.steps.front() == Step(RenewKeys{}));
    CHECK(sent(renewing) == sent(plain_script(sample(), true, now)));
    const Script forgetting = damaged(R"({"kind": "forget_session"})");
    CHECK(forgetting.ending == Ending::close_and_forget);
    CHECK(sent(forgetting) == sent(plain_script(sample(), false, now)));
    CHECK(forgetting.is_answer);
}

TEST_CASE("a wrong length is off by what was asked") {
    CHECK(sent(damaged(R"({"kind": "wrong_length", "by": -8})")).find("content-length: 40\r\n") !=
          std::string::npos);
    CHECK(sent(damaged(R"({"kind": "wrong_length"})")).find("content-length: 148\r\n") !=
          std::string::npos);
}

TEST_CASE("a slow body comes in portions, with pauses, and is whole in the end") {
    const Script script = damaged(R"({"kind": "slow_body", "bytes": 10, "virtual_ms": 20})");
    CHECK(sent(script) == sent(plain_script(sample(), true, now)));
    CHECK(std::ranges::count(script.steps, Step(Pause{20ms, true})) == 5);
    CHECK(script.is_answer);
}

TEST_CASE("broken bodies come in good HTTP") {
    for (const char* kind : {"broken_json", "html", "deep_json"}) {
        const FaultRule fault = script_rule(R"({"kind": ")" + std::string(kind) + R"("})");
        const Answer answer = damaged_answer(sample(), fault);
        CHECK(answer.status == 200);
        const std::string bytes = sent(damaged_script(answer, fault, true, now));
        CHECK(bytes.ends_with(answer.body));
        CHECK(bytes.find("content-length: " + std::to_string(answer.body.size()) + "\r\n") !=
              std::string::npos);
    }
    const Answer broken = damaged_answer(sample(), script_rule(R"({"kind": "broken_json"})"));
    CHECK_FALSE(nlohmann::json::accept(broken.body));
    const Answer deep =
        damaged_answer(sample(), script_rule(R"({"kind": "deep_json", "bytes": 50})"));
    CHECK(deep.body.find(std::string(50, '[') + std::string(50, ']')) != std::string::npos);
}

TEST_CASE("another status comes with the body that was asked for") {
    const Answer page =
        damaged_answer(sample(), script_rule(R"({"kind": "status", "status": 502})"));
    CHECK(page.status == 502);
    CHECK(page.body.find("<h1>502 Bad Gateway</h1>") != std::string::npos);
    const Answer json = damaged_answer(
        sample(), script_rule(R"({"kind": "status", "status": 503, "body": "json", "message": "no",
                           "retry_after": 4})"));
    CHECK(json.body == R"({"error":"no"})");
    CHECK(json.fields.find("retry-after") == "4");
    CHECK(damaged_answer(sample(),
                         script_rule(R"({"kind": "status", "status": 422, "body": "empty"})"))
              .body.empty());
    const Answer elsewhere =
        damaged_answer(sample(), script_rule(R"({"kind": "redirect", "location": "https://x/"})"));
    CHECK(elsewhere.status == 302);
    CHECK(elsewhere.fields.find("location") == "https://x/");
}

TEST_CASE("chunks break in the middle, and an endless body has no end") {
    const std::string bytes = sent(damaged(R"({"kind": "bad_chunks"})"));
    CHECK(bytes.find("transfer-encoding: chunked\r\n") != std::string::npos);
    CHECK(bytes.find("\r\nzz\r\n") != std::string::npos);
    const Script endless = damaged(R"({"kind": "endless_body"})");
    CHECK(std::get<SendOften>(endless.steps.back()).times ==
          std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("an answer may follow a 100, or come before a silent end") {
    CHECK(sent(damaged(R"({"kind": "continue_first"})"))
              .starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
    const Script silent = damaged(R"({"kind": "close_silently"})");
    CHECK(silent.ending == Ending::cut);
    CHECK(sent(silent) == sent(plain_script(sample(), true, now)));
    CHECK(sent(damaged(R"({"kind": "close"})")).find("connection: close") != std::string::npos);
}

TEST_CASE("a bomb is good gzip, however large") {
    const Bomb bomb = gzip_bomb((std::uint64_t{3} << 20) - 5);
    REQUIRE(bomb.blocks == 3);
    const std::string packed = bomb.head + bomb.block + bomb.block + bomb.block + bomb.tail;
    CHECK(unpacked(packed) == std::string(std::size_t{3} << 20, '\0'));
    CHECK(bomb.block.size() < 10'000);
}

TEST_CASE("what is packed unpacks to what it was") {
    CHECK(rc::check([] {
        const auto text = *rc::gen::string<std::string>();
        RC_ASSERT(unpacked(gzip(text)) == text);
    }));
}

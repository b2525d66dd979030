#include "seqload/sandbox/script.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/gzip.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

std::string length_line(std::uint64_t length) {
    return joined("content-length: ", std::to_string(length), "\r\n");
}

constexpr std::string_view chunked_line = "transfer-encoding: chunked\r\n";

std::string chunk(std::string_view bytes) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), bytes.size(), 16).ptr;
    return joined(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())),
                  "\r\n", bytes, "\r\n");
}

Answer status_answer(const FaultRule& fault) {
    const std::string message =
        fault.message.empty() ? std::string(phrase(fault.status)) : fault.message;
    Answer answer;
    if (fault.body == BodyKind::html)
        answer = front_end_page(fault.status);
    else if (fault.body == BodyKind::json)
        answer = error_answer(fault.status, message);
    else
        answer.status = fault.status;
    if (fault.retry_after)
        answer.fields.add("retry-after", std::to_string(*fault.retry_after));
    return answer;
}

Answer redirect_answer(const FaultRule& fault) {
    Answer answer = front_end_page(302);
    answer.fields.add("location", fault.location);
    return answer;
}

std::string deep_json(std::uint64_t depth) {
    const auto count = static_cast<std::size_t>(depth);
    return joined("{\"contacts\":", std::string(count, '['), std::string(count, ']'),
                  ",\"skipped_contact_ids\":{}}");
}

Ending ending_of(const FaultRule& fault) {
    if (fault.reset)
        return Ending::reset;
    return fault.close_notify ? Ending::close : Ending::cut;
}

Script ended(std::string bytes, const FaultRule& fault) {
    Script script{{}, ending_of(fault), false};
    if (!bytes.empty())
        script.steps.emplace_back(Send{std::move(bytes)});
    return script;
}

Script bad_chunks(const std::string& header, const Answer& answer) {
    const std::string_view half = std::string_view(answer.body).substr(0, answer.body.size() / 2);
    return {
        {Send{joined(header, chunk(half), "zz\r\n", "what is this\r\n")}}, Ending::close, false};
}

Script endless_body(const std::string& header) {
    const std::string spaces(16 * 1024, ' ');
    return {{Send{header + chunk("{\"contacts\":[")},
             SendOften{chunk(spaces), std::numeric_limits<std::uint64_t>::max()}},
            Ending::cut,
            false};
}

Script bomb_script(Answer answer, const FaultRule& fault, bool keep_alive, WallTime now) {
    answer.fields.add("content-encoding", "gzip");
    const Bomb bomb = gzip_bomb(fault.bytes);
    return {{Send{head(answer, chunked_line, keep_alive, now) + chunk(bomb.head)},
             SendOften{chunk(bomb.block), bomb.blocks}, Send{chunk(bomb.tail) + "0\r\n\r\n"}},
            keep_alive ? Ending::keep_open : Ending::close,
            true};
}

Script slow_script(const Answer& answer, const FaultRule& fault, bool keep_alive, WallTime now) {
    Script script;
    script.steps.emplace_back(Send{head(answer, length_line(answer.body.size()), keep_alive, now)});
    for (std::size_t at = 0; at < answer.body.size(); at += fault.bytes) {
        script.steps.emplace_back(Pause{fault.delay, fault.delay_is_virtual});
        script.steps.emplace_back(Send{answer.body.substr(at, fault.bytes)});
    }
    script.ending = keep_alive ? Ending::keep_open : Ending::close;
    return script;
}

Script wrong_length(const Answer& answer, const FaultRule& fault, WallTime now) {
    const auto length = static_cast<std::int64_t>(answer.body.size()) + fault.by;
    const std::string line =
        length_line(static_cast<std::uint64_t>(std::max<std::int64_t>(0, length)));
    return {{Send{head(answer, line, true, now) + answer.body}}, Ending::close, false};
}

}  // namespace

Script plain_script(const Answer& answer, bool keep_alive, WallTime now) {
    Script script;
    constexpr std::size_t usual_head = 1024;
    std::string bytes;
    bytes.reserve(answer.body.size() + usual_head);
    bytes += head(answer, length_line(answer.body.size()), keep_alive, now);
    bytes += answer.body;
    script.steps.emplace_back(Send{std::move(bytes)});
    script.ending = keep_alive ? Ending::keep_open : Ending::close;
    return script;
}

Answer damaged_answer(Answer answer, const FaultRule& fault) {
    switch (fault.kind) {
        case FaultKind::status:
            return status_answer(fault);
        case FaultKind::redirect:
            return redirect_answer(fault);
        case FaultKind::broken_json:
            answer.body.resize(answer.body.size() / 2);
            return answer;
        case FaultKind::html: {
            Answer page = front_end_page(200);
            page.body =
                "<!doctype html><html><head><title>Maintenance</title></head>"
                "<body><p>We will be back soon.</p></body></html>\n";
            return page;
        }
        case FaultKind::deep_json:
            answer.body = deep_json(fault.bytes);
            return answer;
        default:
            return answer;
    }
}

Script damaged_script(const Answer& answer, const FaultRule& fault, bool keep_alive, WallTime now) {
    const auto sized_head = [&] {
        return head(answer, length_line(answer.body.size()), true, now);
    };
    switch (fault.kind) {
        case FaultKind::drop:
            return ended({}, fault);
        case FaultKind::reset:
            return {{}, Ending::reset, false};
        case FaultKind::hang:
            return {{}, Ending::hang, false};
        case FaultKind::half_header: {
            std::string bytes = sized_head();
            bytes.resize(bytes.size() / 2);
            return ended(std::move(bytes), fault);
        }
        case FaultKind::half_body:
            return ended(sized_head() + answer.body.substr(0, answer.body.size() / 2), fault);
        case FaultKind::wrong_length:
            return wrong_length(answer, fault, now);
        case FaultKind::bad_chunks:
            return bad_chunks(head(answer, chunked_line, true, now), answer);
        case FaultKind::slow_body:
            return slow_script(answer, fault, keep_alive, now);
        case FaultKind::endless_body:
            return endless_body(head(answer, chunked_line, true, now));
        case FaultKind::gzip_bomb:
            return bomb_script(answer, fault, keep_alive, now);
        case FaultKind::close:
            return plain_script(answer, false, now);
        case FaultKind::close_silently: {
            Script script = plain_script(answer, true, now);
            script.ending = fault.close_notify ? Ending::close : Ending::cut;
            return script;
        }
        case FaultKind::continue_first: {
            Script script = plain_script(answer, keep_alive, now);
            script.steps.insert(script.steps.begin(), Send{"HTTP/1.1 100 Continue\r\n\r\n"});
            return script;
        }
        case FaultKind::forget_session: {
            Script script = plain_script(answer, false, now);
            script.ending = Ending::close_and_forget;
            return script;
        }
        case FaultKind::renew_keys: {
            Script script = plain_script(answer, keep_alive, now);
            script.steps.insert(script.steps.begin(), RenewKeys{});
            return script;
        }
        default:
            return plain_script(answer, keep_alive, now);
    }
}

}  // namespace seqload::sandbox

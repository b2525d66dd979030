#include "seqload/apollo/answer.hpp"

#include "seqload/apollo/message.hpp"
#include "seqload/apollo/retry_after.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/outcome.hpp"

#include <utility>

namespace seqload::apollo {

namespace {

Answer read_success(const net::Response& response, const Id& sequence) {
    auto answer = read_add_answer(response.body, sequence);
    if (!answer)
        return NotUnderstood{std::move(answer.error())};
    return Added{std::move(*answer)};
}

// The words that facts.md lists for 422.
Answer read_unprocessable(std::string message) {
    const std::string words = lowered(message);
    if (words.find("mailboxes are no longer active") != std::string::npos)
        return TargetUnusable{reason::mailbox_inactive, std::move(message)};
    if (words.find("aggregate accounts are not supported") != std::string::npos)
        return TargetUnusable{reason::mailbox_not_supported, std::move(message)};
    if (words.find("please specify") != std::string::npos)
        return RequestRejected{std::move(message)};
    return BatchRejected{std::move(message)};
}

// "… is 400 times per hour. …"
std::optional<Window> window_named_in(std::string_view message) {
    const std::string words = lowered(message);
    for (const Window window : windows) {
        if (words.find("per " + std::string(name(window))) != std::string::npos)
            return window;
    }
    if (words.find("per 24 hours") != std::string::npos)
        return Window::day;
    return std::nullopt;
}

}  // namespace

Answer read_answer(const net::Response& response, const Id& sequence, WallTime now) {
    const unsigned status = response.status;
    if (status >= 200 && status <= 299)
        return read_success(response, sequence);

    std::string message = message_in(response.body);
    switch (status) {
        case 400:
        case 413:
        case 414:
            return BatchRejected{std::move(message)};
        case 401:
        case 403:
            return KeyRefused{std::move(message)};
        case 404:
            return TargetUnusable{reason::sequence_not_found, std::move(message)};
        case 408:
            return ServerFault{std::move(message)};
        case 422:
            return read_unprocessable(std::move(message));
        case 429: {
            const auto window = window_named_in(message);
            return RateLimited{read_retry_after(response.headers, now), window, std::move(message)};
        }
        default:
            break;
    }
    if (status >= 500)
        return ServerFault{std::move(message)};
    return RequestRejected{std::move(message)};
}

}  // namespace seqload::apollo

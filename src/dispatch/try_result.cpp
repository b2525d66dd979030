#include "seqload/dispatch/try_result.hpp"

#include "seqload/quota/quota_reading.hpp"

#include <utility>
#include <variant>

namespace seqload::dispatch {

namespace {

// Fills in what each kind of answer says.
struct AnswerVisitor {
    TryResult& result;

    void operator()(apollo::Added& added) const {
        result.end = TryEnd::understood;
        result.answer = std::move(added.answer);
    }
    void operator()(apollo::NotUnderstood& answer) const {
        result.end = TryEnd::not_understood;
        result.message = std::move(answer.what);
    }
    void operator()(apollo::KeyRefused& answer) const {
        result.end = TryEnd::key_refused;
        result.message = std::move(answer.message);
    }
    void operator()(apollo::TargetUnusable& answer) const {
        result.end = TryEnd::target_unusable;
        result.message = std::move(answer.message);
        result.refusal = answer.reason;
    }
    void operator()(apollo::RateLimited& answer) const {
        result.end = TryEnd::rate_limited;
        result.message = std::move(answer.message);
        result.retry_after = answer.retry_after;
        result.window = answer.window;
    }
    void operator()(apollo::BatchRejected& answer) const {
        result.end = TryEnd::batch_rejected;
        result.message = std::move(answer.message);
    }
    void operator()(apollo::RequestRejected& answer) const {
        result.end = TryEnd::request_rejected;
        result.message = std::move(answer.message);
    }
    void operator()(apollo::ServerFault& answer) const {
        result.end = TryEnd::server_fault;
        result.message = std::move(answer.message);
    }
};

}  // namespace

std::expected<net::Exchange, net::Failure> blotted(
    std::expected<net::Exchange, net::Failure> exchange, const apollo::Credentials& credentials) {
    if (exchange)
        credentials.blot_out_of(exchange->response);
    return exchange;
}

TryResult read_try(const std::expected<net::Exchange, net::Failure>& exchange, const Id& sequence,
                   WallTime now) {
    TryResult result;
    if (!exchange) {
        result.end = exchange.error().request_left ? TryEnd::answer_lost : TryEnd::never_left;
        result.message = exchange.error().what;
        return result;
    }
    const net::Response& response = exchange->response;
    result.http_status = response.status;
    result.request_id = response.headers.find("x-request-id").value_or("");
    auto answer = apollo::read_answer(response, sequence, now);
    std::visit(AnswerVisitor{result}, answer);
    return result;
}

quota::Event quota_event(const TryResult& result,
                         const std::expected<net::Exchange, net::Failure>& exchange,
                         quota::Ticket ticket, SteadyTime now) {
    if (!exchange && result.end == TryEnd::never_left)
        return quota::NeverSent{ticket, now};
    if (!exchange)
        return quota::Lost{ticket, now};
    const auto reading = quota::read_quota(exchange->response.headers);
    if (result.end == TryEnd::rate_limited)
        return quota::RateLimited{ticket, now, result.retry_after, result.window, reading};
    return quota::Answered{ticket, now, reading};
}

bool got_through(TryEnd end) {
    switch (end) {
        case TryEnd::not_understood:
        case TryEnd::server_fault:
        case TryEnd::answer_lost:
        case TryEnd::never_left:
            return false;
        default:
            return true;
    }
}

}  // namespace seqload::dispatch

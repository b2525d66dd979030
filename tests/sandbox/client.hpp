#pragma once

// A client that speaks to a service without sockets, and what it hears.

#include "seqload/sandbox/service.hpp"
#include "small_world.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace seqload::sandbox::test {

struct Heard {
    unsigned status = 0;
    std::map<std::string, std::string> fields;
    std::string body;

    Json json() const { return Json::parse(body); }
};

// At a time that the test turns by hand.
class Client {
public:
    explicit Client(World world = small_world(), std::string_view faults = "[]",
                    QuotaLimits limits = basic_plan, std::uint64_t seed = 1,
                    std::string_view others = "[]")
        : service_(std::move(world), *read_faults(faults, "faults"),
                   {limits, seed, *read_other_uses(others, "others")}, now, wall) {}

    Heard ask(std::string method, std::string target, std::string body = {}) {
        Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.body = std::move(body);
        request.api_key = key;
        request.bearer = bearer;
        request.accepts_gzip = accepts_gzip;
        const Arrival arrival = service_.receive(request, now, wall);
        now += works_for;
        const Script script = service_.answer(request, arrival, now, wall);
        now += sends_for;
        std::string bytes;
        for (const Step& step : script.steps)
            if (const auto* once = std::get_if<Send>(&step))
                bytes += once->bytes;
        service_.sent(arrival, script, bytes.size(), true, now);
        return heard(bytes);
    }

    Heard add(const std::vector<std::string>& contacts, std::string_view more = {}) {
        return ask("POST", "/api/v1/emailer_campaigns/" + std::string(active_sequence) +
                               "/add_contact_ids?" + addition(active_sequence, contacts, more));
    }

    Json ledger() { return ask("GET", "/sandbox/ledger").json(); }
    Json usage(const std::string& key_in_statistics) {
        return ask("POST", "/api/v1/usage_stats/api_usage_stats").json()[key_in_statistics];
    }
    Json requests() { return ask("GET", "/sandbox/requests").json()["requests"]; }

    SteadyTime now{};
    WallTime wall{std::chrono::milliseconds(1'764'000'000'000)};
    Duration works_for{};  // from a request's arrival until it is decided
    Duration sends_for{};  // and until the last byte of its answer is sent
    std::optional<std::string> key = "master";
    std::optional<std::string> bearer;
    bool accepts_gzip = false;

private:
    static Heard heard(const std::string& bytes) {
        Heard result;
        if (bytes.empty())
            return result;
        result.status = static_cast<unsigned>(std::stoi(bytes.substr(9, 3)));
        const std::size_t end = bytes.find("\r\n\r\n");
        for (std::size_t at = bytes.find("\r\n") + 2; at < end;) {
            const std::size_t line_end = bytes.find("\r\n", at);
            const std::size_t colon = bytes.find(": ", at);
            result.fields[bytes.substr(at, colon - at)] =
                bytes.substr(colon + 2, line_end - colon - 2);
            at = line_end + 2;
        }
        result.body = bytes.substr(end + 4);
        return result;
    }

    Service service_;
};

}  // namespace seqload::sandbox::test

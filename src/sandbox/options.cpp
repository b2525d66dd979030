#include "seqload/sandbox/options.hpp"

#include "seqload/base/text.hpp"

#include <charconv>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::sandbox {
namespace {

constexpr const char* description =
    "A local stand-in for Apollo's API: serves HTTPS on loopback and answers as Apollo would,\n"
    "with its quota windows, and with faults on request. Nobody is e-mailed.\n";

constexpr const char* footer = R"text(
It prints the environment that points seqload at it (shell lines), then a line "# ready".

Control, on the same port, without a key:
  GET  /sandbox/ledger     what was really added and removed (?sequence=ID, ?contacts=false)
  GET  /sandbox/requests   every request with its times, what became of it, and the windows then
                           (?from=NUMBER, ?route=NAME, ?asked=true); what other tools did
  POST /sandbox/faults     replaces the faults, in the form of --faults
  POST /sandbox/spend      another tool uses the quota, in the form of --other-use
  POST /sandbox/reset      everything as it was at the start

Faults are a JSON list of rules. A rule has a "kind":
  latency status rate_limit redirect drop reset hang half_header half_body wrong_length
  bad_chunks slow_body broken_json html deep_json endless_body gzip_bomb close close_silently
  continue_first shape
and says which requests it hits: "route", "sequence", "contact(s)", "over" (rows), "nth", "from",
"until", "every", "times", "probability". A fifth of all additions lost after they were made:
  [{"kind": "drop", "when": "after", "route": "add_contact_ids", "probability": 0.2}]

Other tools are a JSON list, too: so many "requests" to a "route" at once, "at" a virtual second
("every" so many again, "times" in all), or "after" so many requests of yours:
  [{"at": 30, "requests": 150}, {"route": "search_contacts", "after": 10, "requests": 5}]
samples/README.md describes worlds, faults and other tools in full.

Exit codes: 0 ended by SIGTERM or SIGINT, 2 wrong usage or world or faults, 6 a local fault.)text";

std::optional<std::uint32_t> parse_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

}  // namespace

std::optional<QuotaLimits> parse_limits(std::string_view text) {
    if (text == "unlimited")
        return QuotaLimits{};
    const auto parts = split(text, '/');
    if (parts.size() != windows.size())
        return std::nullopt;
    QuotaLimits limits;
    for (std::size_t window = 0; window < windows.size(); ++window) {
        const auto number = parse_number(parts[window]);
        if (!number)
            return std::nullopt;
        if (*number > 0)
            limits.per_window[window] = *number;
    }
    return limits;
}

std::variant<Options, int> parse_options(int argument_count, const char* const* arguments) {
    Options options;
    std::string plan = "basic";
    std::string limits;
    std::uint16_t plain_port = 0;

    CLI::App app(description, "apollo-sandbox");
    app.footer(footer);
    app.set_version_flag("--version", "apollo-sandbox " SEQLOAD_VERSION);
    app.add_option("--port", options.port, "Port for HTTPS; 0 takes a free one")
        ->capture_default_str();
    CLI::Option* plain =
        app.add_option("--plain-port", plain_port, "Port for plain HTTP besides; 0: a free one");
    app.add_option("--host", options.host,
                   "Loopback address to serve on (default: 127.0.0.1, and ::1 where there is one)");
    app.add_option("--data", options.data, "World: keys, sequences, mailboxes, contacts (JSON)")
        ->type_name("FILE");
    app.add_option("--cert-dir", options.certificate_directory,
                   "Where ca.pem is, or is to be made (default: a temporary directory)")
        ->type_name("DIR");
    app.add_option("--plan", plan, "Quota of this plan")
        ->check(CLI::IsMember({"free", "basic", "organization"}))
        ->capture_default_str();
    CLI::Option* given_limits =
        app.add_option("--limits", limits,
                       "Quota in requests per minute, hour and day; 0 or 'unlimited': no limit")
            ->type_name("MINUTE/HOUR/DAY")
            ->check([](const std::string& text) {
                return parse_limits(text) ? std::string() : "expected as 200/400/2000";
            });
    app.add_option("--time-scale", options.time_scale,
                   "Virtual time runs so many times faster: 60 makes a minute last a second")
        ->check(CLI::Range(1e-6, 1e6))
        ->capture_default_str();
    app.add_option("--faults", options.faults, "Faults to play (JSON)")->type_name("FILE");
    app.add_option("--other-use", options.other_use,
                   "What the team's other tools do on the same quota (JSON)")
        ->type_name("FILE");
    app.add_option("--seed", options.seed, "Makes chance repeat itself")->capture_default_str();

    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (plan == "free")
        options.limits = free_plan;
    else if (plan == "organization")
        options.limits = organization_plan;
    if (!given_limits->empty())
        options.limits = *parse_limits(limits);
    if (!plain->empty())
        options.plain_port = plain_port;
    return options;
}

}  // namespace seqload::sandbox

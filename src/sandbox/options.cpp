#include "seqload/sandbox/options.hpp"

#include "manual_notes.hpp"
#include "seqload/base/text.hpp"
#include "seqload/manual/described.hpp"
#include "seqload/manual/option_kinds.hpp"

#include <charconv>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::sandbox {
using manual::takes_fraction;
using manual::takes_number;
using manual::takes_words;

namespace {

constexpr unsigned highest_port = 65535;

constexpr const char* about =
    "A local stand-in for Apollo's API: serves HTTPS on loopback and answers as\n"
    "Apollo would, with its quota windows, and with faults on request. Nobody is\n"
    "e-mailed.";

std::optional<std::uint32_t> parse_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

// What the options are read by, and what stands for some of them until all are read.
class CommandLine {
public:
    CommandLine() : app_(about, "apollo-sandbox") {
        app_.set_version_flag("--version", "apollo-sandbox " SEQLOAD_VERSION);
        app_.footer(help_footer());
        add_place_options();
        add_world_options();
        add_quota_options();
    }
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    CLI::App& app() { return app_; }

    Options options() const {
        Options options = options_;
        if (plan_ == "free")
            options.limits = free_plan;
        else if (plan_ == "organization")
            options.limits = organization_plan;
        if (!limits_.empty())
            options.limits = *parse_limits(limits_);
        if (!plain_->empty())
            options.plain_port = plain_port_;
        return options;
    }

private:
    void add_place_options() {
        takes_number(app_.add_option("--port", options_.port, "Port for HTTPS; 0 takes a free one"),
                     0, highest_port)
            ->capture_default_str();
        plain_ = takes_number(app_.add_option("--plain-port", plain_port_,
                                              "Port for plain HTTP besides; 0: a free one"),
                              0, highest_port);
        app_.add_option("--host", options_.host,
                        "Loopback address (default: 127.0.0.1, and any ::1)")
            ->type_name("ADDRESS");
        app_.add_option("--cert-dir", options_.certificate_directory,
                        "For ca.pem, made if missing (default: a temporary)")
            ->type_name("DIR");
    }

    void add_world_options() {
        app_.add_option("--data", options_.data,
                        "World: keys, sequences, mailboxes, contacts (JSON)")
            ->type_name("FILE");
        app_.add_option("--faults", options_.faults, "Faults to play (JSON)")->type_name("FILE");
        app_.add_option("--other-use", options_.other_use,
                        "What other tools do on the same quota (JSON)")
            ->type_name("FILE");
        app_.add_option("--seed", options_.seed, "Makes chance repeat itself")
            ->type_name("N")
            ->capture_default_str();
    }

    void add_quota_options() {
        takes_words(app_.add_option("--plan", plan_, "Quota of this plan"),
                    {"free", "basic", "organization"})
            ->capture_default_str();
        app_.add_option("--limits", limits_, "Requests per window; 0 or 'unlimited': no limit")
            ->type_name("MINUTE/HOUR/DAY")
            ->check([](const std::string& text) {
                return parse_limits(text) ? std::string() : "expected as 200/400/2000";
            });
        takes_fraction(app_.add_option("--time-scale", options_.time_scale,
                                       "So many times faster: 60 makes a minute a second"),
                       1e-6, 1e6)
            ->capture_default_str();
    }

    CLI::App app_;
    Options options_;
    std::string plan_ = "basic";
    std::string limits_;
    std::uint16_t plain_port_ = 0;
    CLI::Option* plain_ = nullptr;
};

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
    CommandLine line;
    try {
        line.app().parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return line.app().exit(error) == 0 ? 0 : 2;
    }
    return line.options();
}

manual::ProgramDescription program_description() {
    CommandLine line;
    return {"apollo-sandbox", about, "", manual::described_options(line.app()), {}};
}

}  // namespace seqload::sandbox

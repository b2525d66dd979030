#include "seqload/report/metrics.hpp"

#include "seqload/base/text.hpp"
#include "seqload/base/whole_file.hpp"

#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sstream>
#include <utility>
#include <vector>

namespace seqload::report {

namespace {

constexpr std::string_view last_success_name = "seqload_last_success_timestamp_seconds";

double seconds_since_1970(WallTime time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

// Gauges that all carry the same first label.
class Families {
public:
    explicit Families(std::string_view name) : name_(name) {}

    // One more family; later samples belong to it.
    Families& family(std::string_view name, std::string_view help) {
        families_.push_back(
            {std::string(name), std::string(help), prometheus::MetricType::Gauge, {}});
        return *this;
    }

    Families& sample(double value) {
        prometheus::ClientMetric metric;
        metric.label.push_back({"name", name_});
        metric.gauge.value = value;
        families_.back().metric.push_back(std::move(metric));
        return *this;
    }

    Families& sample(std::string_view label, std::string_view label_value, double value) {
        sample(value);
        families_.back().metric.back().label.push_back(
            {std::string(label), std::string(label_value)});
        return *this;
    }

    std::string text() const {
        std::ostringstream out;
        prometheus::TextSerializer().Serialize(out, families_);
        return std::move(out).str();
    }

private:
    std::string name_;
    std::vector<prometheus::MetricFamily> families_;
};

void add_rows(const Summary& summary, Families& families) {
    families.family("seqload_last_run_rows", "Rows of the last run by what became of them.");
    for (const RowStatus status : row_statuses)
        families.sample("status", name(status), static_cast<double>(summary.rows[status]));
    families
        .family("seqload_last_run_contacts",
                "People that the last run reached, by rows and by labels.")
        .sample("outcome", "added", static_cast<double>(summary.contacts_added))
        .sample("outcome", "skipped", static_cast<double>(summary.contacts_skipped));
}

void add_traffic(const Summary& summary, Families& families) {
    const RequestCounters& requests = summary.counters.requests;
    families
        .family("seqload_last_run_requests",
                "Requests of the last run; sent includes the retried and the rate limited ones.")
        .sample("kind", "sent", static_cast<double>(requests.sent))
        .sample("kind", "retried", static_cast<double>(requests.retried))
        .sample("kind", "rate_limited", static_cast<double>(requests.rate_limited));
    families.family("seqload_last_run_bytes", "Bytes of HTTP in the last run, without TLS.")
        .sample("direction", "sent", static_cast<double>(summary.counters.bytes.sent))
        .sample("direction", "received", static_cast<double>(summary.counters.bytes.received));
}

// Windows without a limit are left out.
void add_quota(const Summary& summary, Families& families) {
    families.family("seqload_quota_limit", "Requests that a window of the quota allows.");
    for (const Window window : windows) {
        if (const auto limit = summary.counters[window].limit)
            families.sample("window", name(window), *limit);
    }
    families.family("seqload_quota_left",
                    "Requests that were left of each window when the last run ended.");
    for (const Window window : windows) {
        if (const auto left = summary.counters[window].left)
            families.sample("window", name(window), *left);
    }
}

}  // namespace

bool is_success(int exit_code) {
    return exit_code == 0 || exit_code == 1;
}

std::string metrics_text(const MetricsFacts& facts, std::string_view name,
                         std::string_view version) {
    Families families(name);
    families.family("seqload_build_info", "The version that wrote this; always 1.")
        .sample("version", version, 1);
    families
        .family("seqload_last_run_timestamp_seconds",
                "When the last run ended, in seconds since 1970.")
        .sample(seconds_since_1970(facts.finished_at));
    families
        .family("seqload_last_run_duration_seconds",
                "How long the last run took, waiting for the quota included.")
        .sample(std::chrono::duration<double>(facts.finished_at - facts.started_at).count());
    families
        .family("seqload_last_run_exit_code",
                "Exit code of the last run: 0 done, 1 some rows need a person, 2 usage, 3 input, "
                "4 key refused, 5 stopped before the end, 6 local fault, 130 and 143 interrupted.")
        .sample(facts.exit_code);
    const auto success = is_success(facts.exit_code)
                             ? std::optional(seconds_since_1970(facts.finished_at))
                             : facts.last_success;
    if (success)
        families
            .family(last_success_name,
                    "When a run last went through to its end (exit code 0 or 1), in seconds since "
                    "1970.")
            .sample(*success);
    if (facts.summary != nullptr) {
        add_rows(*facts.summary, families);
        add_traffic(*facts.summary, families);
        add_quota(*facts.summary, families);
    }
    return families.text();
}

std::optional<double> last_success_in(std::string_view metrics) {
    for (const std::string_view line : split(metrics, '\n')) {
        const bool is_sample = line.starts_with(last_success_name) &&
                               line.substr(last_success_name.size()).starts_with('{');
        const auto space = line.rfind(' ');
        if (!is_sample || space == std::string_view::npos)
            continue;
        const std::string_view number = line.substr(space + 1);
        double value = 0;
        const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
        if (read.ec == std::errc() && read.ptr == number.data() + number.size())
            return value;
    }
    return std::nullopt;
}

Result<void> write_metrics(MetricsFacts facts, const std::filesystem::path& destination,
                           std::string_view version) {
    std::ifstream before(destination, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(before)), {});
    facts.last_success = last_success_in(text);
    return write_whole_file(destination, metrics_text(facts, destination.stem().string(), version));
}

}  // namespace seqload::report

// Google Benchmark's own table, and behind it how each part stands to its yardstick in the same
// run: a part is called WHAT/ours, what it is measured by WHAT/KIND. Machines differ, ratios less.

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

constexpr const char* ours = "ours";

class RatioReporter final : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            const std::string& name = run.run_name.function_name;
            const auto cut = name.find('/');
            if (run.run_type == Run::RT_Iteration && !run.error_occurred &&
                cut != std::string::npos)
                seconds_[name.substr(0, cut)][name.substr(cut + 1)] =
                    run.cpu_accumulated_time / static_cast<double>(run.iterations);
        }
    }

    void Finalize() override {
        std::puts("\nTimes the yardstick's CPU time:");
        for (const auto& [what, by_kind] : seconds_) {
            const auto part = by_kind.find(ours);
            if (part == by_kind.end())
                continue;
            for (const auto& [kind, seconds] : by_kind) {
                if (kind != ours)
                    std::printf("  %-44s %6.2f times %s\n", what.c_str(), part->second / seconds,
                                kind.c_str());
            }
        }
    }

private:
    std::map<std::string, std::map<std::string, double>> seconds_;
};

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return EXIT_FAILURE;
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return EXIT_SUCCESS;
}

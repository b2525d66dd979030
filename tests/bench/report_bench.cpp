// A line of report.csv, beside snprintf, which quotes nothing.

#include "bench/demand.hpp"
#include "bench/made_ids.hpp"
#include "seqload/report/csv_writer.hpp"

#include <array>
#include <cstdio>
#include <string>

#include <benchmark/benchmark.h>

namespace seqload::bench {

namespace {

constexpr std::size_t enough = std::size_t{1} << 20U;

void write(benchmark::State& state) {
    report::CsvWriter lines;
    const Id contact = made_id(1);
    const std::string request = "a1b2c3d4-request";
    std::uint64_t number = 0;
    for (auto _ : state) {
        lines.number(++number);
        lines.number(number + 1);
        lines.id(contact);
        lines.empty();
        lines.plain("66e9e215ece19801b2199901,6633baaece5fbd01c791d701");
        lines.plain("added");
        lines.free_text("");
        lines.free_text("");
        lines.number(1);
        lines.number(0);
        lines.number(200);
        lines.number(1);
        lines.free_text(request);
        lines.plain("2026-11-26T03:00:00.000Z");
        lines.end_row();
        if (lines.written().size() > enough) {
            demand(lines.written().ends_with("Z\n"), "the last line is whole");
            lines.clear();
        }
    }
    state.SetItemsProcessed(state.iterations());
}

void print(benchmark::State& state) {
    std::array<char, 512> line{};
    const std::string contact = made_id(1).text();
    std::uint64_t number = 0;
    for (auto _ : state) {
        ++number;
        const int size = std::snprintf(
            line.data(), line.size(), "%llu,%llu,%s,,%s,%s,%s,%s,%d,%d,%d,%d,%s,%s\n",
            static_cast<unsigned long long>(number), static_cast<unsigned long long>(number + 1),
            contact.c_str(), "66e9e215ece19801b2199901,6633baaece5fbd01c791d701", "added", "", "",
            1, 0, 200, 1, "a1b2c3d4-request", "2026-11-26T03:00:00.000Z");
        demand(size > 0, "it is printed");
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(write)->Name("line of the report/ours");
BENCHMARK(print)->Name("line of the report/snprintf");

}  // namespace

}  // namespace seqload::bench

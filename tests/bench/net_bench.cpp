// A packed answer unpacked, beside its check sum alone.

#include "bench/demand.hpp"
#include "bench/full_answer.hpp"
#include "seqload/net/gunzip.hpp"
#include "support/archives.hpp"

#include <benchmark/benchmark.h>

namespace seqload::bench {

namespace {

void unpack(benchmark::State& state) {
    const std::string text = full_answer();
    const std::string packed = test::gzip(text);
    for (auto _ : state) {
        const auto unpacked = net::gunzip(packed, text.size());
        demand(unpacked && unpacked->size() == text.size(), "all of it comes out");
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(text.size() * state.iterations()));
}

void sum(benchmark::State& state) {
    const std::string text = full_answer();
    for (auto _ : state)
        benchmark::DoNotOptimize(
            ::crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()));
    state.SetBytesProcessed(static_cast<std::int64_t>(text.size() * state.iterations()));
}

BENCHMARK(unpack)->Name("answer unpacked/ours")->Unit(benchmark::kMicrosecond);
BENCHMARK(sum)->Name("answer unpacked/its CRC-32")->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace seqload::bench

// The answer to a hundred contacts at their full size, read by events, beside nlohmann's parser,
// which here only looks whether it is JSON.

#include "bench/demand.hpp"
#include "bench/full_answer.hpp"
#include "seqload/apollo/add_answer.hpp"

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

namespace seqload::bench {

namespace {

void read(benchmark::State& state) {
    const std::string body = full_answer();
    for (auto _ : state) {
        const auto answer = apollo::read_add_answer(body, made_id(0));
        demand(answer && answer->added.size() == contacts_in_answer, "a hundred were added");
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(body.size() * state.iterations()));
}

void accept(benchmark::State& state) {
    const std::string body = full_answer();
    for (auto _ : state)
        demand(nlohmann::json::accept(body), "it is JSON");
    state.SetBytesProcessed(static_cast<std::int64_t>(body.size() * state.iterations()));
}

BENCHMARK(read)->Name("answer read/ours")->Unit(benchmark::kMicrosecond);
BENCHMARK(accept)->Name("answer read/nlohmann's accept")->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace seqload::bench

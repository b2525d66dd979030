// Finding duplicates by the index of contacts, beside the standard library's hash table.

#include "bench/demand.hpp"
#include "bench/made_ids.hpp"
#include "seqload/plan/contact_index.hpp"

#include <functional>
#include <unordered_map>
#include <utility>

#include <benchmark/benchmark.h>

namespace seqload::bench {

namespace {

constexpr std::uint32_t rows = 1'000'000;
constexpr std::uint32_t sequences = 500;

// Every fiftieth row repeats the one before it.
std::pair<Id, std::uint32_t> asked_in(std::uint32_t row) {
    const std::uint32_t asked = row % 50 == 49 ? row - 1 : row;
    return {made_id(asked), asked % sequences};
}

void index(benchmark::State& state) {
    for (auto _ : state) {
        plan::ContactIndex contacts(1);
        contacts.expect(rows);
        std::uint32_t duplicates = 0;
        for (std::uint32_t row = 0; row < rows; ++row) {
            const auto [contact, sequence] = asked_in(row);
            duplicates += contacts.add(contact, sequence) ? 1 : 0;
        }
        demand(duplicates == rows / 50, "every fiftieth is one");
    }
    state.SetItemsProcessed(std::int64_t{rows} * state.iterations());
}

struct Hash {
    std::size_t operator()(const std::pair<Id, std::uint32_t>& asked) const {
        return std::hash<Id>()(asked.first) ^ asked.second;
    }
};

void map(benchmark::State& state) {
    for (auto _ : state) {
        std::unordered_map<std::pair<Id, std::uint32_t>, std::uint32_t, Hash> contacts;
        contacts.reserve(rows);
        std::uint32_t duplicates = 0;
        for (std::uint32_t row = 0; row < rows; ++row)
            duplicates += contacts.emplace(asked_in(row), row).second ? 0 : 1;
        demand(duplicates == rows / 50, "every fiftieth is one");
    }
    state.SetItemsProcessed(std::int64_t{rows} * state.iterations());
}

BENCHMARK(index)->Name("duplicates found/ours")->Unit(benchmark::kMillisecond);
BENCHMARK(map)->Name("duplicates found/std::unordered_map")->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace seqload::bench

// Rows read from a file, ids parsed and targets recognized, beside counting its line ends.

#include "bench/demand.hpp"
#include "bench/made_ids.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/row_reader.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include <benchmark/benchmark.h>

namespace seqload::bench {

namespace {

constexpr std::uint64_t rows = 200'000;
constexpr std::uint64_t sequences = 500;

std::string write_rows(const std::filesystem::path& file) {
    std::ofstream out(file);
    out << "contact_id,sequence_id,email_account_id,company\n";
    for (std::uint64_t row = 0; row < rows; ++row)
        out << made_id(row).text() << ',' << made_id(rows + row % sequences).text() << ','
            << made_id(0).text() << ",Aurora Analytics\n";
    return file.string();
}

void read(benchmark::State& state) {
    const test::TemporaryDirectory directory;
    const std::array names{write_rows(directory.path() / "rows.csv")};
    for (auto _ : state) {
        auto files = input::InputSet::open(names, directory.path() / "spool");
        demand(files.has_value(), "the file can be read");
        TargetTable targets;
        auto reader = input::RowReader::open(*files, {}, targets);
        demand(reader.has_value(), "its header is understood");
        Row row;
        std::uint64_t good = 0;
        for (auto more = (*reader)->next(row); more && *more; more = (*reader)->next(row))
            good += row.invalid ? 0 : 1;
        demand(good == rows && targets.size() == sequences, "every row is good");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(rows) * state.iterations());
}

void count(benchmark::State& state) {
    const test::TemporaryDirectory directory;
    const std::string name = write_rows(directory.path() / "rows.csv");
    std::string block(std::size_t{1} << 18U, '\0');
    for (auto _ : state) {
        std::ifstream file(name, std::ios::binary);
        std::uint64_t lines = 0;
        while (file.read(block.data(), static_cast<std::streamsize>(block.size())) ||
               file.gcount() > 0)
            lines += static_cast<std::uint64_t>(
                std::count(block.begin(), block.begin() + file.gcount(), '\n'));
        demand(lines == rows + 1, "every line is counted");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(rows) * state.iterations());
}

// Real time: a thread of its own cuts the records.
BENCHMARK(read)->Name("rows read/ours")->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK(count)
    ->Name("rows read/line ends counted")
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();

}  // namespace

}  // namespace seqload::bench

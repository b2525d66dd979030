#pragma once

// A CSV file that is there whole or not at all.

#include "seqload/base/error.hpp"
#include "seqload/base/whole_file.hpp"
#include "seqload/report/csv_writer.hpp"

#include <filesystem>
#include <utility>

namespace seqload::report {

class CsvFile {
public:
    static Result<CsvFile> create(const std::filesystem::path& destination, bool spreadsheet_safe) {
        auto file = WholeFile::create(destination);
        if (!file)
            return std::unexpected(std::move(file.error()));
        return CsvFile(std::move(*file), spreadsheet_safe);
    }

    // The cells of the row that is being written.
    CsvWriter& row() { return writer_; }

    Result<void> end_row() {
        writer_.end_row();
        return writer_.written().size() < portion ? Result<void>() : hand_on();
    }

    // As WholeFile's; commit() comes after sync().
    Result<void> sync() {
        if (auto handed_on = hand_on(); !handed_on)
            return handed_on;
        return file_.sync();
    }
    Result<void> commit() { return file_.commit(); }

private:
    static constexpr std::size_t portion = std::size_t{64} << 10U;  // stays in the cache

    CsvFile(WholeFile file, bool spreadsheet_safe)
        : file_(std::move(file)), writer_(spreadsheet_safe) {}

    Result<void> hand_on() {
        auto written = file_.write(writer_.written());
        writer_.clear();
        return written;
    }

    WholeFile file_;
    CsvWriter writer_;
};

}  // namespace seqload::report

#pragma once

// A CSV file that is there whole or not at all.

#include "seqload/base/error.hpp"
#include "seqload/base/whole_file.hpp"
#include "seqload/report/csv_writer.hpp"
#include "seqload/report/file_behind.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
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
        return writer_.written().size() < portion ? Result<void>() : file_->write(writer_.memory());
    }

    // As WholeFile's; commit() comes after sync().
    Result<void> sync() {
        auto synced = file_->sync(writer_.written());
        writer_.clear();
        return synced;
    }
    Result<void> commit() { return file_->commit(); }

private:
    static constexpr std::size_t portion = std::size_t{256} << 10U;  // stays in the cache

    CsvFile(WholeFile file, bool spreadsheet_safe)
        : file_(std::make_unique<FileBehind>(std::move(file))), writer_(spreadsheet_safe) {}

    std::unique_ptr<FileBehind> file_;
    CsvWriter writer_;
};

}  // namespace seqload::report

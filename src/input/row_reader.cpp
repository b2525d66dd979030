#include "seqload/input/row_reader.hpp"

#include "seqload/base/random.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/header.hpp"
#include "seqload/input/header_checks.hpp"
#include "seqload/input/input_file.hpp"
#include "seqload/input/record_reader.hpp"
#include "seqload/input/row_outliner.hpp"
#include "seqload/input/row_rules.hpp"

#include <atomic>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace seqload::input {

class RowReader::Pass {
public:
    Pass(std::vector<std::shared_ptr<InputFile>> files, ReadOptions options,
         std::vector<Header> headers, TargetTable& targets)
        : files_(std::move(files)),
          options_(std::move(options)),
          headers_(std::move(headers)),
          targets_(targets) {
        for (const Header& header : headers_)
            schema_.add_file(header.columns);
    }

    Result<bool> next(Row& row) {
        if (error_)
            return std::unexpected(*error_);
        auto found = advance(row);
        if (!found) {
            error_ = found.error();
            cells_ = {};
        }
        return found;
    }

    std::span<const std::string_view> cells() const { return cells_; }

    std::string_view raw(Column column) const {
        if (cells_.empty())
            return {};
        const auto index = headers_[file_].cell[place(column)];
        return index && *index < cells_.size() ? cells_[*index] : std::string_view();
    }

    const Schema& schema() const { return schema_; }

    Progress progress() const {
        Progress progress{bytes_read_.load(std::memory_order_relaxed), 0};
        for (const auto& file : files_) {
            if (file->size() && progress.bytes_total)
                *progress.bytes_total += *file->size();
            else
                progress.bytes_total.reset();
        }
        return progress;
    }

private:
    Result<bool> advance(Row& row) {
        while (file_ < files_.size()) {
            if (!records_) {
                if (auto opened = open_file(); !opened)
                    return std::unexpected(std::move(opened.error()));
            }
            const auto found = records_->next(record_);
            if (!found)
                return std::unexpected(found.error());
            if (*found)
                return fill(row);
            rules_.reset();
            records_.reset();
            cells_ = {};
            ++file_;
        }
        cells_ = {};
        return false;
    }

    // The next file, read up to behind its header.
    Result<void> open_file() {
        InputFile& file = *files_[file_];
        file.begin_last_pass();
        auto bytes = open_byte_stream(file, &bytes_read_);
        if (!bytes)
            return std::unexpected(std::move(bytes.error()));
        const Header& header = headers_[file_];
        outliner_.emplace(header, seed_);
        records_.emplace(file.name(), std::move(*bytes), header.separator,
                         [this](const Record& record, RowOutline& outline) {
                             outliner_->fill(record, outline);
                         });
        rules_.emplace(header, options_);
        const auto found = records_->next(record_);
        if (!found)
            return std::unexpected(found.error());
        return {};
    }

    Result<bool> fill(Row& row) {
        if (number_ == std::numeric_limits<RowNumber>::max())
            return fail(ErrorKind::unusable_input, "there are more than 4,294,967,295 rows",
                        files_[file_]->name(), "load it in parts");
        cells_ = record_.cells;
        row.number = ++number_;
        row.file = static_cast<std::uint32_t>(file_);
        row.line = record_.line;
        rules_->judge(record_, targets_, row);
        return true;
    }

    const std::vector<std::shared_ptr<InputFile>> files_;
    const ReadOptions options_;
    const std::vector<Header> headers_;
    TargetTable& targets_;
    Schema schema_;

    std::size_t file_ = 0;
    RowNumber number_ = 0;
    std::atomic<std::uint64_t> bytes_read_{0};
    const std::uint64_t seed_ = Random().below(std::numeric_limits<std::uint64_t>::max());
    // Of the file, once it is opened. The records' thread works with the outliner.
    std::optional<RowOutliner> outliner_;
    std::optional<RecordReader> records_;
    std::optional<RowRules> rules_;
    Record record_;
    std::span<const std::string_view> cells_;
    std::optional<Error> error_;
};

Result<std::unique_ptr<RowReader>> RowReader::open(InputSet& files, const ReadOptions& options,
                                                   TargetTable& targets) {
    if (auto sensible = check_options(options); !sensible)
        return std::unexpected(std::move(sensible.error()));
    std::vector<Header> headers;
    for (const auto& file : files.files_) {
        auto header = read_header(*file, options);
        if (!header)
            return std::unexpected(std::move(header.error()));
        headers.push_back(std::move(*header));
    }
    if (auto sensible = check_options(options, headers); !sensible)
        return std::unexpected(std::move(sensible.error()));
    for (std::size_t file = 0; file < headers.size(); ++file) {
        if (auto usable = check_usable(headers[file], options, files.name(file)); !usable)
            return std::unexpected(std::move(usable.error()));
    }
    return std::unique_ptr<RowReader>(
        new RowReader(std::make_unique<Pass>(files.files_, options, std::move(headers), targets)));
}

RowReader::RowReader(std::unique_ptr<Pass> pass) : pass_(std::move(pass)) {}
RowReader::~RowReader() = default;

Result<bool> RowReader::next(Row& row) {
    return pass_->next(row);
}

std::span<const std::string_view> RowReader::cells() const {
    return pass_->cells();
}

std::string_view RowReader::raw(Column column) const {
    return pass_->raw(column);
}

const Schema& RowReader::schema() const {
    return pass_->schema();
}

Progress RowReader::progress() const {
    return pass_->progress();
}

}  // namespace seqload::input

#include "seqload/input/record_reader.hpp"

#include "seqload/input/record_source.hpp"

#include <utility>

namespace seqload::input {

class RecordReader::Lines {
public:
    Lines(std::string file_name, std::unique_ptr<ByteStream> bytes, std::optional<char> separator,
          RecordSource::Extent extent)
        : name(std::move(file_name)),
          notes(std::make_shared<SourceNotes>()),
          reader(name, std::make_unique<RecordSource>(std::move(bytes), separator, notes, extent)) {
    }

    const std::string name;
    const std::shared_ptr<SourceNotes> notes;
    io::LineReader reader;
};

namespace {

// separator may be the tab, which then is no space.
bool is_blank(const char* text, char separator) {
    while (*text == ' ' || (*text == '\t' && separator != '\t'))
        ++text;
    return *text == '\0';
}

}  // namespace

RecordReader::RecordReader(std::unique_ptr<Lines> lines) : lines_(std::move(lines)) {}

RecordReader::RecordReader(std::string name, std::unique_ptr<ByteStream> bytes,
                           std::optional<char> separator)
    : lines_(std::make_unique<Lines>(std::move(name), std::move(bytes), separator,
                                     RecordSource::Extent::all)) {}

RecordReader RecordReader::of_beginning(std::string name, std::unique_ptr<ByteStream> bytes,
                                        std::optional<char> separator) {
    return RecordReader(std::make_unique<Lines>(std::move(name), std::move(bytes), separator,
                                                RecordSource::Extent::beginning));
}

RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

Result<bool> RecordReader::next(Record& record) {
    record.problem = RecordProblem::none;
    record.folded = false;
    while (char* text = lines_->reader.next_line()) {
        if (const auto control = *text == control_mark ? read_control_line(text) : std::nullopt) {
            if (control->failed) {
                Error error = lines_->notes->error.value();
                if (error.where.empty())
                    error.where = lines_->name;
                return std::unexpected(std::move(error));
            }
            line_ += control->skipped_lines;
            record.problem = control->problem;
            record.folded = control->folded;
            continue;
        }
        ++line_;
        if (is_blank(text, separator()))
            continue;
        record.line = line_;
        record.text = text;
        return true;
    }
    return false;
}

char RecordReader::separator() const {
    return lines_->notes->separator;
}

}  // namespace seqload::input

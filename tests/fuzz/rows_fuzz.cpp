// Whatever a file holds: reading it ends, numbers every record, and a second
// pass finds what the first one found. The same with what some names mean, and a
// row without an id has its name's or one that stands in for it.

#include "fuzz/must.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/name_collector.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/stand_in.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace seqload;
using fuzz::must;

// A file without a disk under it.
class MemoryFile {
public:
    MemoryFile(const std::uint8_t* data, std::size_t size)
        : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
        must(descriptor_ >= 0, "there is memory for a file");
        while (size > 0) {
            const auto written = ::write(descriptor_, data, size);
            must(written > 0, "there is memory for a file");
            data += written;
            size -= static_cast<std::size_t>(written);
        }
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string name() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

struct Pass {
    std::vector<Row> rows;
    std::uint64_t names = 0;  // that rows depend on
    std::optional<Error> error;
};

void one_row_holds(const Row& row, const Row* before) {
    must(row.number == (before ? before->number : 0) + 1, "rows are numbered from 1 without a gap");
    must(row.line > (before ? before->line : 1), "each row begins on a line of its own");
    if (row.invalid)
        return;
    must(row.label.empty() || row.contact == Id{}, "a good row has a contact or a label, not both");
}

Pass read_all(input::InputSet& files, const input::ReadOptions& options) {
    Pass pass;
    TargetTable targets;
    auto reader = input::RowReader::open(files, options, targets);
    if (!reader) {
        pass.error = reader.error();
        return pass;
    }
    Row row;
    input::NameCollector names(options.defaults);
    while (true) {
        const auto more = (*reader)->next(row);
        if (!more) {
            pass.error = more.error();
            return pass;
        }
        if (!*more) {
            for (const input::Column column : input::name_columns)
                pass.names += names.uses(column).size();
            return pass;
        }
        names.take(**reader, row);
        one_row_holds(row, pass.rows.empty() ? nullptr : &pass.rows.back());
        must(row.invalid || row.target < targets.size(), "a good row's target is known");
        if (!row.invalid) {
            const Id& sequence = targets.sequence(row.target);
            must(targets.called(sequence) == nullptr || is_stand_in(sequence),
                 "only a stand-in has a name");
        }
        pass.rows.push_back(row);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const MemoryFile file(data, size);
    const std::vector<std::string> names{file.name()};
    auto files = input::InputSet::open(names, "/nonexistent");
    must(files.has_value(), "a regular file can be opened and needs no spooling");

    input::ReadOptions options;
    options.defaults.sequence = Id::parse("66e9e215ece19801b2199901");
    options.defaults.mailboxes = {*Id::parse("66e9e215ece19801b2199a01")};
    options.names.put(input::Column::sequence, "Welcome", *options.defaults.sequence);
    options.names.put(input::Column::sequence, "Nobody", std::unexpected("nobody is called so"));
    options.names.put(input::Column::email_account, "robin@b.c", options.defaults.mailboxes.at(0));
    options.names.put(input::Column::user, "kim@b.c", *Id::parse("66e9e215ece19801b2199b01"));
    const Pass first = read_all(*files, options);
    const Pass second = read_all(*files, options);

    must(first.error == second.error, "a second pass ends as the first one did");
    must(first.rows.size() == second.rows.size(), "a second pass finds as many rows");
    must(first.names == second.names, "a second pass finds as many names");
    for (std::size_t place = 0; place < first.rows.size(); ++place) {
        const Row& one = first.rows[place];
        const Row& other = second.rows[place];
        must(one.invalid == other.invalid && one.contact == other.contact &&
                 one.label == other.label && one.line == other.line && one.target == other.target,
             "a second pass finds the same rows");
    }
    return 0;
}

#pragma once

// Rows read from files in a fresh directory.

#include "seqload/base/error.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "support/temporary_directory.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seqload::test {

inline const std::string contact = "66e9e215ece19801b2190001";
inline const std::string sequence = "66e9e215ece19801b2199901";
inline const std::string mailbox = "66e9e215ece19801b2199a01";
inline const std::string other_mailbox = "66e9e215ece19801b2199a02";

class Reading {
public:
    Reading() {
        options.defaults.sequence = Id::parse(sequence);
        options.defaults.mailboxes = {*Id::parse(mailbox)};
        options.now = parse_timestamp("2026-11-23T12:00:00Z").value();
    }

    // A file named NUMBER.csv in the test's directory, to be read after the others.
    void add(std::string_view bytes) {
        const std::string name = std::to_string(names.size() + 1) + ".csv";
        names.push_back(directory.write(name, bytes));
    }

    void open() {
        files.emplace_back(input::InputSet::open(names, directory.path() / "spool").value());
    }

    // The header's or the files' error as it is shown, without the directory; "" if none.
    std::string refusal() {
        open();
        const auto reader = input::RowReader::open(files.back(), options, targets);
        return reader ? "" : shown(reader.error());
    }

    std::unique_ptr<input::RowReader> reader() {
        if (files.empty())
            open();
        return input::RowReader::open(files.back(), options, targets).value();
    }

    // All rows of one pass; throws if it fails.
    std::vector<Row> rows() {
        const auto pass = reader();
        std::vector<Row> all;
        Row row;
        while (pass->next(row).value())
            all.push_back(row);
        return all;
    }

    std::string shown(const Error& error) const {
        std::string text = to_string(error);
        const std::string prefix = directory.path().string() + "/";
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
            text.erase(at, prefix.size());
        return text;
    }

    TemporaryDirectory directory;
    std::vector<std::string> names;
    std::vector<input::InputSet> files;
    input::ReadOptions options;
    TargetTable targets;
};

// A row in a word or two: "contact", "label x", or the reason and detail of an invalid one.
inline std::string verdict(const Row& row) {
    if (row.invalid)
        return std::string(name(*row.invalid)) + (row.detail.empty() ? "" : ": " + row.detail);
    return row.is_label() ? "label " + row.label : "contact " + row.contact.text();
}

}  // namespace seqload::test

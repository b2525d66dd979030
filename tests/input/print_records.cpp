// Prints the records of files as JSON lines, for python_csv_test.py:
//
//   print_records [--digest] SEPARATOR FILE…
//
// A line per record: {"line": 3, "problem": "-", "cells": ["a", "b"]}, and null
// behind each file's last. With --digest only the number of records and a
// CRC-32 of the cells, each followed by 0x1F, each record by 0x1E.

#include "seqload/base/error.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/input_file.hpp"
#include "seqload/input/record_reader.hpp"

#include <cstdint>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <zlib.h>

namespace {

using namespace seqload;
using namespace seqload::input;

class Printer {
public:
    virtual ~Printer() = default;
    virtual void record(const Record& record) = 0;
    virtual void end_of_file() = 0;
};

class JsonPrinter final : public Printer {
public:
    void record(const Record& record) override {
        const nlohmann::json line{{"line", record.line},
                                  {"problem", std::string(1, static_cast<char>(record.problem))},
                                  {"cells", record.cells}};
        std::cout << line.dump() << '\n';
    }
    void end_of_file() override { std::cout << "null\n"; }
};

class DigestPrinter final : public Printer {
public:
    void record(const Record& record) override {
        ++count_;
        for (const std::string_view cell : record.cells) {
            add(cell);
            add("\x1F");
        }
        add("\x1E");
    }
    void end_of_file() override {
        std::cout << count_ << ' ' << digest_ << '\n';
        count_ = 0;
        digest_ = 0;
    }

private:
    void add(std::string_view text) {
        digest_ = crc32(digest_, reinterpret_cast<const Bytef*>(text.data()),
                        static_cast<uInt>(text.size()));
    }

    std::uint64_t count_ = 0;
    uLong digest_ = 0;
};

Result<void> print(const std::string& name, char separator, Printer& printer) {
    auto file = InputFile::open(name, name);
    if (!file)
        return std::unexpected(file.error());
    auto bytes = open_byte_stream(*file);
    if (!bytes)
        return std::unexpected(bytes.error());
    RecordReader reader(name, std::move(*bytes), separator);
    Record record;
    while (true) {
        const auto more = reader.next(record);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            break;
        printer.record(record);
    }
    printer.end_of_file();
    return {};
}

}  // namespace

int main(int count, char** values) {
    std::span<char*> arguments(values + 1, static_cast<std::size_t>(count - 1));
    JsonPrinter json;
    DigestPrinter digest;
    Printer* printer = &json;
    if (!arguments.empty() && std::string_view(arguments[0]) == "--digest") {
        printer = &digest;
        arguments = arguments.subspan(1);
    }
    if (arguments.size() < 2)
        return 2;
    const char separator = *arguments[0];
    for (const char* name : arguments.subspan(1)) {
        if (const auto printed = print(name, separator, *printer); !printed) {
            std::cerr << to_string(printed.error()) << '\n';
            return 1;
        }
    }
    return 0;
}

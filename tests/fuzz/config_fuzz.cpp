// Whatever stands in a configuration file: it is read, or refused line by line.

#include "fuzz/must.hpp"
#include "seqload/app/config_file.hpp"
#include "seqload/app/option_sources.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace seqload;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    const auto& program = app::program_description();

    const auto file = app::read_config(text, "c.toml", program);
    if (!file) {
        must(!file.error().empty(), "what is refused is refused for a reason");
        for (const Error& error : file.error()) {
            must(error.kind == ErrorKind::usage, "a configuration is wrong usage");
            must(error.where.starts_with("c.toml:"), "an error has a line");
            must(!error.what.empty() && !error.next.empty(), "an error says what and what next");
        }
        return 0;
    }
    for (const auto& entry : file->entries) {
        must(entry.line >= 1 && entry.line <= lines, "a key stands in a line of the file");
        must(entry.command.empty() || program.find(entry.command) != nullptr,
             "a table is a command's");
    }
    for (const auto& command : program.commands) {
        const auto settings = app::settings_beneath(command, {}, {}, *file, program);
        must(settings.has_value(), "without an environment nothing is wrong with it");
        for (const auto& setting : *settings)
            must(command.find(setting.option) != nullptr && !setting.values.empty(),
                 "a setting is of an option that the command has, and says something");
    }
    return 0;
}

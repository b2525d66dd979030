#include "seqload/input/input_set.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/input/input_file.hpp"
#include "seqload/input/spool.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload::input {

namespace {

constexpr std::string_view standard_input = "-";

// An opened name: a regular file's path, or an empty one for what is read once.
struct Opened {
    std::string name;
    std::filesystem::path path;
    Descriptor descriptor;
    Identity identity;
};

Result<Opened> open_standard_input() {
    Descriptor descriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (descriptor.get() < 0)
        return fail(ErrorKind::unusable_input, "cannot be read: " + system_message(errno),
                    "(standard input)");
    return Opened{"(standard input)", {}, std::move(descriptor), {}};
}

Result<Opened> open_named(const std::string& name) {
    Descriptor descriptor(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (descriptor.get() < 0)
        return cannot_be_opened(errno, name);
    struct stat status{};
    if (::fstat(descriptor.get(), &status) != 0)
        return fail(ErrorKind::unusable_input, "cannot be read: " + system_message(errno), name);
    if (S_ISDIR(status.st_mode))
        return fail(ErrorKind::unusable_input, "is a directory", name,
                    "name the files in it that are to be loaded");
    if (!S_ISREG(status.st_mode))
        return Opened{name, {}, std::move(descriptor), {}};
    const auto identity = identity_of(descriptor.get(), name);
    if (!identity)
        return std::unexpected(identity.error());
    return Opened{name, std::filesystem::absolute(name), std::move(descriptor), *identity};
}

Result<std::vector<Opened>> open_all(std::span<const std::string> names) {
    if (std::ranges::count(names, standard_input) > 1)
        return fail(ErrorKind::usage, "standard input is named twice", "-", "name it once");
    std::vector<Opened> all;
    for (const std::string& name : names) {
        auto opened = name == standard_input ? open_standard_input() : open_named(name);
        if (!opened)
            return std::unexpected(std::move(opened.error()));
        all.push_back(std::move(*opened));
    }
    return all;
}

}  // namespace

InputSet::InputSet() = default;
InputSet::InputSet(InputSet&&) noexcept = default;
InputSet& InputSet::operator=(InputSet&&) noexcept = default;
InputSet::~InputSet() = default;

InputSet InputSet::shared() const {
    InputSet same;
    same.files_ = files_;
    return same;
}

Result<InputSet> InputSet::open(std::span<const std::string> names,
                                const std::filesystem::path& spool_directory) {
    // All names first: a missing one is told before hours of a pipe are copied.
    auto all = open_all(names);
    if (!all)
        return std::unexpected(std::move(all.error()));
    InputSet set;
    for (Opened& one : *all) {
        if (!one.path.empty()) {
            set.files_.push_back(std::make_shared<InputFile>(
                std::move(one.name), std::move(one.path), std::move(one.descriptor), one.identity));
            continue;
        }
        auto spooled = spool(one.descriptor, std::move(one.name), spool_directory,
                             joined("input-", std::to_string(set.files_.size() + 1)));
        if (!spooled)
            return std::unexpected(std::move(spooled.error()));
        set.files_.push_back(std::make_shared<InputFile>(std::move(*spooled)));
    }
    return set;
}

Result<InputSet> InputSet::open_for_one_pass(std::span<const std::string> names) {
    auto all = open_all(names);
    if (!all)
        return std::unexpected(std::move(all.error()));
    InputSet set;
    for (Opened& one : *all) {
        if (one.path.empty())
            set.files_.push_back(
                std::make_shared<InputFile>(std::move(one.name), std::move(one.descriptor)));
        else
            set.files_.push_back(std::make_shared<InputFile>(
                std::move(one.name), std::move(one.path), std::move(one.descriptor), one.identity));
    }
    return set;
}

Result<InputSet> InputSet::reopen(std::span<const KnownFile> files) {
    InputSet set;
    for (const KnownFile& known : files) {
        auto file = InputFile::open(known.name, known.path);
        if (!file) {
            file.error().kind = ErrorKind::changed_input;
            file.error().next = "put back what was there and resume, or start a new run";
            return std::unexpected(std::move(file.error()));
        }
        if (known.fingerprint.complete && file->size() != known.fingerprint.size)
            return fail(ErrorKind::changed_input, "has changed since it was first read", known.name,
                        "put back what was there and resume, or start a new run");
        file->expect(known.fingerprint);
        if (known.ours)
            file->mark_as_ours();
        set.files_.push_back(std::make_shared<InputFile>(std::move(*file)));
    }
    return set;
}

Result<void> InputSet::add_ours(std::string name, const std::filesystem::path& path) {
    auto file = InputFile::open(std::move(name), path);
    if (!file)
        return std::unexpected(std::move(file.error()));
    file->mark_as_ours();
    files_.push_back(std::make_shared<InputFile>(std::move(*file)));
    return {};
}

InputSet InputSet::part(std::size_t first, std::size_t count) const {
    InputSet set;
    for (std::size_t file = first; file < first + count; ++file)
        set.files_.push_back(files_.at(file));
    return set;
}

bool InputSet::is_ours(std::size_t file) const {
    return files_.at(file)->is_ours();
}

const std::string& InputSet::name(std::size_t file) const {
    return files_.at(file)->name();
}

const std::filesystem::path& InputSet::path(std::size_t file) const {
    return files_.at(file)->path();
}

const Fingerprint& InputSet::fingerprint(std::size_t file) const {
    return files_.at(file)->fingerprint();
}

Result<void> InputSet::unchanged() const {
    for (const auto& file : files_) {
        if (auto same = file->unchanged(); !same)
            return same;
    }
    return {};
}

}  // namespace seqload::input

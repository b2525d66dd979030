#pragma once

// A folder of files on a disk that keeps its promises and no more: what was
// written and not synced may be there after a power cut, or not, or in part.
// Pure: events go in, and the folders that a power cut may leave come out.
//
//   written    every sector (512 bytes) of an unsynced write is kept or lost by
//              itself, in whatever order; what lies under a lost one stays, and
//              is zero where the file had not been so long before
//   truncated  may be lost like a write
//   created,   may be lost until the folder is synced; of several for one name
//   removed    the first few are kept
//   synced     what was written to the file before is safe, its name is not

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace seqload::test {

struct DiskEvent {
    enum class Kind : std::uint8_t {
        created,
        removed,
        written,
        truncated,
        synced,
        folder_synced,
    };

    Kind kind = Kind::written;
    std::string file{};    // its name in the folder; for all but folder_synced
    std::uint64_t at = 0;  // written: where; truncated: the size
    std::string bytes{};   // written
};

// Bytes by name.
using Folder = std::map<std::string, std::string>;

class UnsyncedDisk {
public:
    using Random = std::mt19937_64;

    void happen(const DiskEvent& event) {
        switch (event.kind) {
            case DiskEvent::Kind::created:
                names_[event.file].later.push_back(std::make_shared<Content>());
                return;
            case DiskEvent::Kind::removed:
                names_[event.file].later.push_back(nullptr);
                return;
            case DiskEvent::Kind::written:
                return write(current(event.file), event);
            case DiskEvent::Kind::truncated:
                current(event.file).later.push_back({.is_size = true, .at = event.at, .bytes = {}});
                return;
            case DiskEvent::Kind::synced:
                return sync(current(event.file));
            case DiskEvent::Kind::folder_synced:
                for (auto& [file, name] : names_) {
                    if (!name.later.empty())
                        name.safe = name.later.back();
                    name.later.clear();
                }
                return;
        }
    }

    // A folder as it may be found if the power is cut now. Every unsynced piece is
    // kept with this chance (0: all are lost; 1: none is).
    Folder after_power_cut(Random& random, double chance) const {
        Folder found;
        for (const auto& [file, name] : names_) {
            std::shared_ptr<Content> content = name.safe;
            for (const auto& next : name.later) {
                if (!is_kept(random, chance))
                    break;
                content = next;
            }
            if (content == nullptr)
                continue;
            std::string bytes = content->safe;
            for (const Piece& piece : content->later) {
                if (is_kept(random, chance))
                    put(bytes, piece);
            }
            found.emplace(file, std::move(bytes));
        }
        return found;
    }

private:
    static constexpr std::size_t sector = 512;

    // A sector or less that was written, or a new size.
    struct Piece {
        bool is_size = false;
        std::uint64_t at = 0;
        std::string bytes;
    };
    struct Content {
        std::string safe;
        std::vector<Piece> later;
    };
    // What a name stands for, nullptr: nothing; and what it came to stand for
    // since the folder was synced.
    struct Name {
        std::shared_ptr<Content> safe;
        std::vector<std::shared_ptr<Content>> later;
    };

    // As a running process sees it.
    Content& current(const std::string& file) {
        const Name& name = names_.at(file);
        return *(name.later.empty() ? name.safe : name.later.back());
    }

    static void write(Content& content, const DiskEvent& event) {
        for (std::size_t done = 0; done < event.bytes.size();) {
            const std::size_t start = event.at + done;
            const std::size_t size = std::min(sector - start % sector, event.bytes.size() - done);
            content.later.push_back({.at = start, .bytes = event.bytes.substr(done, size)});
            done += size;
        }
    }

    static void sync(Content& content) {
        for (const Piece& piece : content.later)
            put(content.safe, piece);
        content.later.clear();
    }

    static void put(std::string& bytes, const Piece& piece) {
        if (piece.is_size)
            return bytes.resize(piece.at);
        bytes.resize(std::max<std::size_t>(bytes.size(), piece.at + piece.bytes.size()));
        bytes.replace(piece.at, piece.bytes.size(), piece.bytes);
    }

    static bool is_kept(Random& random, double chance) {
        return std::bernoulli_distribution(chance)(random);
    }

    std::map<std::string, Name> names_;
};

}  // namespace seqload::test

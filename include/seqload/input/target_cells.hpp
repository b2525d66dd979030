#pragma once

// A row's target, from the cells that name it. Rows mostly repeat what another
// row said, so each distinct text is parsed once and then found by its bytes.
//
// An id decides. A name counts where the id's cell is empty: its id comes from the table of names,
// or else a stand-in takes its place. A name beside an id is only held against it: a row whose name
// is known to be another one's is invalid, for people go by the names that they read.

#include "seqload/input/header.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace seqload::input {

// Why a cell makes its row invalid.
struct BadCell {
    InvalidReason reason;
    std::string detail;
};

// The cells of one file. The options must outlive this object.
class TargetCells {
public:
    TargetCells(const Header& header, const ReadOptions& options);

    // Looks the cells up, or parses them and adds the target to the table.
    std::expected<TargetIndex, BadCell> find(std::span<const std::string_view> cells,
                                             TargetTable& targets);

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept;
    };

    // A text that was met, at the place that its hash chooses, until another takes it.
    struct Recent {
        std::uint64_t hash = 0;
        std::optional<TargetIndex> target;
        std::string key;
    };

    std::uint64_t hash_of(std::span<const std::string_view> cells) const;
    // Whether write_key() would write this for the cells.
    bool is_key(std::string_view key, std::span<const std::string_view> cells) const;
    void write_key(std::span<const std::string_view> cells);
    std::expected<Target, BadCell> parse(std::span<const std::string_view> cells,
                                         TargetTable& targets) const;
    std::string_view cell(std::span<const std::string_view> cells, Column column) const;

    std::expected<void, BadCell> parse_sequence(std::span<const std::string_view> cells,
                                                Target& target, TargetTable& targets) const;
    std::expected<void, BadCell> parse_mailbox_cells(std::span<const std::string_view> cells,
                                                     Target& target, TargetTable& targets) const;
    std::expected<void, BadCell> parse_sender(std::span<const std::string_view> cells,
                                              Target& target) const;
    std::expected<void, BadCell> parse_user(std::span<const std::string_view> cells, Target& target,
                                            TargetTable& targets) const;
    std::expected<void, BadCell> parse_start(std::span<const std::string_view> cells,
                                             Target& target) const;
    std::expected<void, BadCell> parse_flags(std::span<const std::string_view> cells,
                                             Target& target) const;

    const Header* header_;
    const ReadOptions* options_;
    Target defaults_;
    std::vector<std::uint32_t> key_cells_;  // places of the cells that name the target

    std::string key_;
    std::vector<Recent> recent_;
    std::unordered_map<std::string, TargetIndex, Hash, std::equal_to<>> known_;
};

}  // namespace seqload::input

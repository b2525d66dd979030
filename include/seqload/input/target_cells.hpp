#pragma once

// A row's target, from the cells that name it. Rows mostly repeat what another
// row said, so each distinct text is parsed once and then known by its number.
//
// An id decides. A name counts where the id's cell is empty: its id comes from the table of names,
// or else a stand-in takes its place. A name beside an id is only held against it: a row whose name
// is known to be another one's is invalid, for people go by the names that they read.

#include "seqload/input/header.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/input/target_keys.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::input {

// How much of a cell at fault is repeated in what is said of its row.
inline constexpr std::size_t most_detail_bytes = 200;

// Why a cell makes its row invalid.
struct BadCell {
    InvalidReason reason;
    std::string detail;
};

// The cells of one file. The options must outlive this object.
class TargetCells {
public:
    TargetCells(const Header& header, const ReadOptions& options);

    // Looks their key up (target_keys.hpp), or parses the cells and adds the target to the
    // table. Told the keys of all records that are asked about, in order.
    std::expected<TargetIndex, BadCell> find(std::span<const std::string_view> cells,
                                             const TargetKey& key, TargetTable& targets);

private:
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
    std::vector<TargetIndex> known_;  // by the number of their key
};

}  // namespace seqload::input

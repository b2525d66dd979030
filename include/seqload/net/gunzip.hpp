#pragma once

// Unpacks a gzip body (RFC 1952) within a limit: a bomb ends as too large, not
// as memory.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace seqload::net {

enum class GunzipFailure : std::uint8_t {
    damaged,    // no gzip, cut short, or with a wrong check sum
    too_large,  // more than the limit
};

// The unpacked bytes of one gzip stream of one or more members.
std::expected<std::string, GunzipFailure> gunzip(std::string_view packed, std::size_t limit);

}  // namespace seqload::net

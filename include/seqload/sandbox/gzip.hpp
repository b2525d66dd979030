#pragma once

// gzip as a server packs it (RFC 1952).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::sandbox {

std::string gzip(std::string_view text);

// A gzip file of `size` zero bytes (rounded up to whole blocks) in three parts: head, then the
// block as often as said, then tail. A thousand times smaller than what it unpacks to.
struct Bomb {
    std::string head;
    std::string block;
    std::uint64_t blocks = 0;
    std::string tail;
};

Bomb gzip_bomb(std::uint64_t size);

}  // namespace seqload::sandbox

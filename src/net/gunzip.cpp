#include "seqload/net/gunzip.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include <zlib.h>

namespace seqload::net {

namespace {

struct EndInflate {
    void operator()(z_stream* stream) const { inflateEnd(stream); }
};

// How large it says that it is (RFC 1952, ISIZE: the last four bytes, modulo 2^32). Anybody can
// say anything, so it is believed only as far as deflate can pack (zlib: 1032 to 1 at most).
std::size_t claimed_size(std::string_view packed) {
    constexpr std::size_t best_ratio = 1032;
    constexpr std::size_t length = 4;
    if (packed.size() < length)
        return 0;
    std::size_t claim = 0;
    for (std::size_t i = 0; i < length; ++i)
        claim |= std::size_t{static_cast<unsigned char>(packed[packed.size() - length + i])}
                 << (8 * i);
    return std::min(claim, packed.size() * best_ratio);
}

// Unpacks as much as fits behind what is there, and returns what zlib says.
int inflate_onto(std::string& unpacked, std::size_t room, z_stream& stream) {
    int result = Z_OK;
    const std::size_t before = unpacked.size();
    unpacked.resize_and_overwrite(before + room, [&](char* text, std::size_t) {
        stream.next_out = reinterpret_cast<Bytef*>(text + before);
        stream.avail_out = static_cast<uInt>(room);
        result = inflate(&stream, Z_NO_FLUSH);
        return before + room - stream.avail_out;
    });
    return result;
}

}  // namespace

std::expected<std::string, GunzipFailure> gunzip(std::string_view packed, std::size_t limit) {
    constexpr int gzip_only = 15 + 16;  // zlib.h, inflateInit2: the largest window, gzip framing
    constexpr std::size_t least_at_once = std::size_t{4} * 1024;
    constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in 32 bits
    z_stream stream{};
    if (inflateInit2(&stream, gzip_only) != Z_OK)
        throw std::bad_alloc();
    const std::unique_ptr<z_stream, EndInflate> ending(&stream);

    // zlib reads through a pointer to non-const, and writes nothing there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());

    // In one go zlib need not keep a window of what it has written.
    std::string unpacked;
    std::size_t room = claimed_size(packed) + 1;
    for (;;) {
        const std::size_t before = unpacked.size();
        room = std::clamp(room, least_at_once, most_at_once);
        if (room > limit - before)
            room = limit - before + 1;  // the one byte tells what is too large
        const int result = inflate_onto(unpacked, room, stream);
        if (result != Z_OK && result != Z_STREAM_END)
            return std::unexpected(GunzipFailure::damaged);
        if (unpacked.size() > limit)
            return std::unexpected(GunzipFailure::too_large);
        if (result == Z_STREAM_END) {
            if (stream.avail_in == 0)
                return unpacked;
            if (inflateReset(&stream) != Z_OK)  // another member follows
                return std::unexpected(GunzipFailure::damaged);
        } else if (stream.avail_in == 0 && unpacked.size() == before) {
            return std::unexpected(GunzipFailure::damaged);
        }
        room = unpacked.size();  // twice as much each time
    }
}

}  // namespace seqload::net

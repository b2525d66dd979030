#include "seqload/net/gunzip.hpp"

#include <array>
#include <memory>
#include <new>

#include <zlib.h>

namespace seqload::net {

namespace {

struct EndInflate {
    void operator()(z_stream* stream) const { inflateEnd(stream); }
};

}  // namespace

std::expected<std::string, GunzipFailure> gunzip(std::string_view packed, std::size_t limit) {
    constexpr int gzip_only = 15 + 16;  // zlib.h, inflateInit2: the largest window, gzip framing
    z_stream stream{};
    if (inflateInit2(&stream, gzip_only) != Z_OK)
        throw std::bad_alloc();
    const std::unique_ptr<z_stream, EndInflate> ending(&stream);

    // zlib reads through a pointer to non-const, and writes nothing there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());

    std::string unpacked;
    std::array<char, 65536> part{};
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = static_cast<uInt>(part.size());
        const int result = inflate(&stream, Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END)
            return std::unexpected(GunzipFailure::damaged);
        const std::size_t length = part.size() - stream.avail_out;
        if (unpacked.size() + length > limit)
            return std::unexpected(GunzipFailure::too_large);
        unpacked.append(part.data(), length);
        if (result == Z_STREAM_END) {
            if (stream.avail_in == 0)
                return unpacked;
            if (inflateReset(&stream) != Z_OK)  // another member follows
                return std::unexpected(GunzipFailure::damaged);
        } else if (stream.avail_in == 0 && length == 0) {
            return std::unexpected(GunzipFailure::damaged);
        }
    }
}

}  // namespace seqload::net

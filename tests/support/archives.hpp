#pragma once

// Text packed as gzip or zstd does it.

#include <stdexcept>
#include <string>
#include <string_view>
#include <zstd.h>

#define ZLIB_CONST  // zlib reads its input, and says so only then
#include <zlib.h>

namespace seqload::test {

inline std::string gzip(std::string_view text) {
    z_stream state{};
    constexpr int gzip_only = 15 + 16;  // zlib.h, deflateInit2
    if (deflateInit2(&state, Z_BEST_SPEED, Z_DEFLATED, gzip_only, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib cannot start");
    std::string packed(deflateBound(&state, text.size()) + 64, '\0');
    state.next_in = reinterpret_cast<const Bytef*>(text.data());
    state.avail_in = static_cast<uInt>(text.size());
    state.next_out = reinterpret_cast<Bytef*>(packed.data());
    state.avail_out = static_cast<uInt>(packed.size());
    const int verdict = deflate(&state, Z_FINISH);
    packed.resize(state.total_out);
    deflateEnd(&state);
    if (verdict != Z_STREAM_END)
        throw std::runtime_error("zlib cannot pack");
    return packed;
}

// With a checksum, as the program zstd writes it.
inline std::string zstd(std::string_view text) {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    if (context == nullptr)
        throw std::runtime_error("zstd cannot start");
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size());
    ZSTD_freeCCtx(context);
    if (ZSTD_isError(size) != 0U)
        throw std::runtime_error("zstd cannot pack");
    packed.resize(size);
    return packed;
}

}  // namespace seqload::test

#include "seqload/sandbox/gzip.hpp"

#include <stdexcept>

#include <zlib.h>

namespace seqload::sandbox {
namespace {

// A deflate stream that is ended whatever happens.
class Deflater {
public:
    // zlib.h, deflateInit2: 15 bits of window, 16 more for a gzip frame, negative for none.
    explicit Deflater(int window_bits) {
        if (deflateInit2(&state_, Z_BEST_SPEED, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY) !=
            Z_OK)
            throw std::runtime_error("zlib cannot start");
    }
    ~Deflater() { deflateEnd(&state_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string pack(std::string_view text, int flush) {
        std::string packed(deflateBound(&state_, text.size()) + 64, '\0');
        state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        state_.avail_in = static_cast<uInt>(text.size());
        state_.next_out = reinterpret_cast<Bytef*>(packed.data());
        state_.avail_out = static_cast<uInt>(packed.size());
        const int verdict = deflate(&state_, flush);
        if (verdict != Z_OK && verdict != Z_STREAM_END)
            throw std::runtime_error("zlib cannot pack");
        packed.resize(packed.size() - state_.avail_out);
        return packed;
    }

private:
    z_stream state_{};
};

void append_little_endian(std::string& bytes, std::uint64_t value) {
    for (int byte = 0; byte < 4; ++byte)
        bytes += static_cast<char>((value >> (8 * byte)) & 0xffU);
}

}  // namespace

std::string gzip(std::string_view text) {
    return Deflater(15 + 16).pack(text, Z_FINISH);
}

Bomb gzip_bomb(std::uint64_t size) {
    constexpr std::size_t block_size = std::size_t{1} << 20;
    const std::string zeros(block_size, '\0');
    Bomb bomb;
    bomb.head = std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    // After a full flush a block needs nothing of what came before, so it can be sent repeatedly.
    bomb.block = Deflater(-15).pack(zeros, Z_FULL_FLUSH);
    bomb.blocks = (size + block_size - 1) / block_size;
    const auto* bytes = reinterpret_cast<const Bytef*>(zeros.data());
    const uLong block_sum = crc32(0, bytes, static_cast<uInt>(block_size));
    uLong sum = 0;
    for (std::uint64_t block = 0; block < bomb.blocks; ++block)
        sum = crc32_combine(sum, block_sum, static_cast<z_off_t>(block_size));
    bomb.tail = std::string("\x03\0", 2);  // an empty last block, RFC 1951, section 3.2.6
    append_little_endian(bomb.tail, sum);
    append_little_endian(bomb.tail, bomb.blocks * block_size);
    return bomb;
}

}  // namespace seqload::sandbox

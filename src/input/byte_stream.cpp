#include "seqload/input/byte_stream.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/raw_blocks.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <zstd.h>

#define ZLIB_CONST  // zlib reads its input, and says so only then
#include <zlib.h>

namespace seqload::input {

namespace {

// The raw bytes with the rest of the block that is being used up.
class RawInput {
public:
    RawInput(RawBlocks blocks, std::string_view first, std::atomic<std::uint64_t>* bytes_read)
        : blocks_(std::move(blocks)), rest_(first), bytes_read_(bytes_read) {
        count(first.size());
    }

    // Makes rest() hold something, unless the end is reached.
    Result<void> refill() {
        if (!rest_.empty() || at_end_)
            return {};
        const auto block = blocks_.next();
        if (!block)
            return std::unexpected(block.error());
        rest_ = *block;
        at_end_ = rest_.empty();
        count(rest_.size());
        return {};
    }

    std::string_view rest() const { return rest_; }
    void take(std::size_t size) { rest_.remove_prefix(size); }
    bool is_used_up() const { return at_end_ && rest_.empty(); }

    // Of the next byte that is not taken yet.
    std::uint64_t offset() const { return blocks_.offset() - rest_.size(); }

    std::unexpected<Error> broken(std::string what) const {
        return fail(ErrorKind::unusable_input, std::move(what),
                    joined(blocks_.file_name(), ", byte ", grouped(offset())),
                    "make or fetch the file anew");
    }

private:
    void count(std::size_t size) {
        if (bytes_read_ != nullptr)
            bytes_read_->fetch_add(size, std::memory_order_relaxed);
    }

    RawBlocks blocks_;
    std::string_view rest_;
    std::atomic<std::uint64_t>* bytes_read_;
    bool at_end_ = false;
};

class PlainStream final : public ByteStream {
public:
    explicit PlainStream(RawInput input) : input_(std::move(input)) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        std::size_t filled = 0;
        while (filled < size) {
            if (auto more = input_.refill(); !more)
                return std::unexpected(std::move(more.error()));
            if (input_.is_used_up())
                break;
            const std::size_t part = input_.rest().copy(buffer + filled, size - filled);
            input_.take(part);
            filled += part;
        }
        return filled;
    }

private:
    RawInput input_;
};

// Both archive formats: a sequence of pieces (members, frames), each of which
// has an end of its own. That the input may end only there is what tells a
// whole archive from one that was cut off.
class ArchiveStream : public ByteStream {
public:
    Result<std::size_t> read(char* buffer, std::size_t size) final {
        std::size_t filled = 0;
        while (filled < size) {
            if (auto more = input_.refill(); !more)
                return std::unexpected(std::move(more.error()));
            if (input_.is_used_up() && is_between_pieces())
                break;
            const auto progress = unpack(input_, buffer + filled, size - filled);
            if (!progress)
                return std::unexpected(progress.error());
            filled += progress->produced;
            if (progress->produced == 0 && progress->taken == 0 && input_.is_used_up())
                return input_.broken(joined("the ", format_, " archive is cut off"));
        }
        return filled;
    }

protected:
    struct Step {
        std::size_t taken = 0;
        std::size_t produced = 0;
    };

    ArchiveStream(RawInput input, std::string_view format)
        : input_(std::move(input)), format_(format) {}

    // Unpacks some of input.rest(), which may be empty, and takes it off.
    virtual Result<Step> unpack(RawInput& input, char* buffer, std::size_t size) = 0;
    virtual bool is_between_pieces() const = 0;

private:
    RawInput input_;
    std::string_view format_;
};

class GzipStream final : public ArchiveStream {
public:
    explicit GzipStream(RawInput input) : ArchiveStream(std::move(input), "gzip") {
        if (inflateInit2(&state_, gzip_only) != Z_OK)
            throw std::bad_alloc();
    }
    ~GzipStream() override { inflateEnd(&state_); }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;

private:
    static constexpr int gzip_only = 15 + 16;  // zlib.h, inflateInit2

    Result<Step> unpack(RawInput& input, char* buffer, std::size_t size) override {
        if (is_between_members_) {
            if (input.rest().front() == '\0' || is_padding_)
                return take_padding(input);
            inflateReset(&state_);
            is_between_members_ = false;
        }
        const std::string_view rest = input.rest();
        state_.next_in = reinterpret_cast<const Bytef*>(rest.data());
        state_.avail_in = static_cast<uInt>(rest.size());
        state_.next_out = reinterpret_cast<Bytef*>(buffer);
        state_.avail_out = clipped(size);
        const std::size_t room = state_.avail_out;
        const int verdict = inflate(&state_, Z_NO_FLUSH);
        const Step step{rest.size() - state_.avail_in, room - state_.avail_out};
        input.take(step.taken);
        if (verdict == Z_MEM_ERROR)
            throw std::bad_alloc();
        if (verdict != Z_OK && verdict != Z_STREAM_END && verdict != Z_BUF_ERROR)
            return input.broken(joined("the gzip archive is damaged (",
                                       state_.msg != nullptr ? state_.msg : "bad data", ")"));
        is_between_members_ = verdict == Z_STREAM_END;
        return step;
    }

    // Tapes and some servers fill archives up with zeros; gzip passes over them, too.
    Result<Step> take_padding(RawInput& input) {
        is_padding_ = true;
        const std::size_t zeros =
            std::min(input.rest().find_first_not_of('\0'), input.rest().size());
        const bool only_zeros = zeros == input.rest().size();
        input.take(zeros);
        if (!only_zeros)
            return input.broken("something that is no gzip archive follows the archive");
        return Step{zeros, 0};
    }

    static uInt clipped(std::size_t size) {
        return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
    }

    bool is_between_pieces() const override { return is_between_members_; }

    z_stream state_{};
    bool is_between_members_ = false;
    bool is_padding_ = false;
};

class ZstdStream final : public ArchiveStream {
public:
    explicit ZstdStream(RawInput input)
        : ArchiveStream(std::move(input), "zstd"), state_(ZSTD_createDStream()) {
        if (state_ == nullptr)
            throw std::bad_alloc();
    }
    ~ZstdStream() override { ZSTD_freeDStream(state_); }
    ZstdStream(const ZstdStream&) = delete;
    ZstdStream& operator=(const ZstdStream&) = delete;

private:
    Result<Step> unpack(RawInput& input, char* buffer, std::size_t size) override {
        ZSTD_inBuffer in{input.rest().data(), input.rest().size(), 0};
        ZSTD_outBuffer out{buffer, size, 0};
        const std::size_t verdict = ZSTD_decompressStream(state_, &out, &in);
        input.take(in.pos);
        if (ZSTD_isError(verdict) != 0U)
            return input.broken(
                joined("the zstd archive is damaged (", ZSTD_getErrorName(verdict), ")"));
        // 0: a frame is complete and written out (zstd.h, ZSTD_decompressStream).
        is_between_frames_ = verdict == 0;
        return Step{in.pos, out.pos};
    }

    bool is_between_pieces() const override { return is_between_frames_; }

    ZSTD_DStream* state_;
    bool is_between_frames_ = false;
};

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    return std::ranges::any_of(beginnings,
                               [text](std::string_view one) { return text.starts_with(one); });
}

bool is_gzip(std::string_view beginning) {
    return beginning.starts_with("\x1F\x8B");
}

// A frame, or a skippable one (RFC 8878, sections 3.1.1 and 3.1.2).
bool is_zstd(std::string_view beginning) {
    if (beginning.starts_with("\x28\xB5\x2F\xFD"))
        return true;
    return beginning.size() >= 4 && beginning.substr(1, 3) == "\x2A\x4D\x18" &&
           (static_cast<unsigned char>(beginning.front()) & 0xF0U) == 0x50U;
}

// Files that people hand over instead of CSV, by their first bytes.
std::optional<std::string_view> foreign_format(std::string_view beginning) {
    using namespace std::string_view_literals;
    if (starts_with_any(beginning, {"PK\x03\x04", "PK\x05\x06"}))
        return "a ZIP archive or an Excel workbook";
    if (beginning.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
        return "an old Excel workbook";
    if (beginning.starts_with("\xFD\x37zXZ\0"sv))
        return "an xz archive";
    if (beginning.starts_with("BZh") && beginning.substr(4).starts_with("1AY&SY"))
        return "a bzip2 archive";
    if (beginning.starts_with("7z\xBC\xAF\x27\x1C"))
        return "a 7z archive";
    if (beginning.starts_with("%PDF-"))
        return "a PDF document";
    if (beginning.starts_with("PAR1"))
        return "a Parquet file";
    return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<ByteStream>> open_byte_stream(InputFile& file,
                                                     std::atomic<std::uint64_t>* bytes_read) {
    RawBlocks blocks(file);
    const auto first = blocks.next();
    if (!first)
        return std::unexpected(first.error());
    if (const auto format = foreign_format(*first))
        return fail(ErrorKind::unusable_input, joined("is ", *format, ", not CSV"), file.name(),
                    "save or unpack it as CSV (plain, gzip or zstd)");
    RawInput input(std::move(blocks), *first, bytes_read);
    if (is_gzip(*first))
        return std::make_unique<GzipStream>(std::move(input));
    if (is_zstd(*first))
        return std::make_unique<ZstdStream>(std::move(input));
    return std::make_unique<PlainStream>(std::move(input));
}

}  // namespace seqload::input

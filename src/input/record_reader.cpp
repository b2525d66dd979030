#include "seqload/input/record_reader.hpp"

#include "seqload/input/block_supply.hpp"
#include "seqload/input/record_block.hpp"
#include "seqload/input/record_source.hpp"

#include <cstddef>
#include <utility>

namespace seqload::input {

// The first block is filled where it is needed, for most files are smaller; only
// then a thread goes on.
class RecordReader::Blocks {
public:
    Blocks(std::string name, std::unique_ptr<ByteStream> bytes, std::optional<char> separator,
           RecordSource::Extent extent, Outline outline)
        : name_(std::move(name)),
          source_(std::move(bytes), separator, extent),
          extent_(extent),
          outline_(std::move(outline)) {}

    Result<bool> next(Record& record) {
        while (block_ == nullptr || index_ == block_->size()) {
            auto block = next_block();
            if (!block) {
                Error error = std::move(block.error());
                if (error.where.empty())
                    error.where = name_;
                return std::unexpected(std::move(error));
            }
            if (*block == nullptr)
                return false;
            block_ = *block;
            index_ = 0;
        }
        block_->get(index_++, record);
        return true;
    }

    char separator() const { return separator_; }

private:
    Result<const RecordBlock*> next_block() {
        const bool is_first = block_ == nullptr;
        if (is_first || extent_ == RecordSource::Extent::beginning) {
            const auto filled = fill(first_);
            separator_ = source_.separator();
            if (!filled)
                return std::unexpected(filled.error());
            return *filled ? &first_ : nullptr;
        }
        if (!supply_) {
            if (source_.is_done())
                return nullptr;
            supply_.emplace([this](RecordBlock& block) { return fill(block); });
        }
        return supply_->next();
    }

    Result<bool> fill(RecordBlock& block) {
        auto filled = source_.fill(block);
        if (outline_) {
            const auto outlines = block.add_outlines();
            Record record;
            for (std::size_t index = 0; index < outlines.size(); ++index) {
                block.get(index, record);
                outline_(record, outlines[index]);
            }
        }
        return filled;
    }

    const std::string name_;
    RecordSource source_;
    const RecordSource::Extent extent_;
    const Outline outline_;
    char separator_ = 0;
    RecordBlock first_;
    const RecordBlock* block_ = nullptr;
    std::size_t index_ = 0;
    std::optional<BlockSupply> supply_;  // the last: its thread works with all of the above
};

RecordReader::RecordReader(std::unique_ptr<Blocks> blocks) : blocks_(std::move(blocks)) {}

RecordReader::RecordReader(std::string name, std::unique_ptr<ByteStream> bytes,
                           std::optional<char> separator, Outline outline)
    : blocks_(std::make_unique<Blocks>(std::move(name), std::move(bytes), separator,
                                       RecordSource::Extent::all, std::move(outline))) {}

RecordReader RecordReader::of_beginning(std::string name, std::unique_ptr<ByteStream> bytes,
                                        std::optional<char> separator) {
    return RecordReader(std::make_unique<Blocks>(std::move(name), std::move(bytes), separator,
                                                 RecordSource::Extent::beginning, Outline()));
}

RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

Result<bool> RecordReader::next(Record& record) {
    return blocks_->next(record);
}

char RecordReader::separator() const {
    return blocks_->separator();
}

}  // namespace seqload::input

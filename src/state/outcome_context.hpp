#pragma once

// What stands around an outcome: the texts of its reason and detail, and the request that
// brought it. Looked up where a join would look up, but once for the rows that share it, for
// neighbours mostly do.
//
// Throws SQLite::Exception. Sees what the statements around it see, if one of them is being
// read on the same connection.

#include "quick_statement.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::state {

// Of the batch with which a row was sent; empty where it is not on record.
struct BatchFacts {
    std::optional<std::int64_t> target;
    std::optional<std::int64_t> http_status;
    std::optional<std::int64_t> attempts;
    std::string request_id;
    std::int64_t changed_at = 0;
};

// The number of a reason; nullopt: none is on record that reads so.
std::optional<std::int64_t> read_reason(SQLite::Database& database, std::string_view text);

class OutcomeContext {
public:
    OutcomeContext(SQLite::Database& database, std::int64_t run);

    // By their numbers; "" for one that is not on record. Valid until the next call.
    const std::string& reason(std::int64_t number);
    const std::string& detail(std::int64_t number);

    // Valid until the next call.
    const BatchFacts& batch(BatchNumber number);

private:
    // Remembers as many values as it has places, each number at its own.
    template <class Value>
    class Memory {
    public:
        // make() finds the value where it is not known.
        template <class Make>
        const Value& find(std::int64_t number, Make make) {
            if (places_.empty())
                places_.resize(size);
            Place& place = places_[static_cast<std::uint64_t>(number) % size];
            if (place.number != number) {
                place.value = make();
                place.number = number;
            }
            return place.value;
        }

    private:
        static constexpr std::size_t size = 1024;

        struct Place {
            std::optional<std::int64_t> number;
            Value value;
        };

        std::vector<Place> places_;
    };

    std::int64_t run_;
    QuickStatement find_reason_;
    QuickStatement find_detail_;
    QuickStatement find_batch_;
    Memory<std::string> reasons_;
    Memory<std::string> details_;
    Memory<BatchFacts> batches_;
};

}  // namespace seqload::state

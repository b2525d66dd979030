#include "seqload/state/ledger.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "connection.hpp"

#include <unordered_map>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

class Ledger::Impl {
public:
    Impl(std::shared_ptr<Connection> connection, std::string api_url, std::string team)
        : connection_(std::move(connection)),
          api_url_(std::move(api_url)),
          team_(std::move(team)),
          find_place_(connection_->database,
                      "SELECT place FROM places WHERE api_url = ? AND team = ? AND sequence = ?"),
          find_(connection_->database,
                "SELECT s.run_id FROM ledger l JOIN sources s ON s.source = l.source "
                "WHERE l.place = ? AND l.contact = ?"),
          size_(connection_->database,
                "SELECT count(*) FROM places p JOIN ledger l ON l.place = p.place "
                "WHERE p.api_url = ? AND p.team = ?") {}

    Result<std::optional<RunId>> find(const Id& sequence, const Id& contact) {
        return guarded(*connection_, [&]() -> Result<std::optional<RunId>> {
            const auto place = place_of(sequence);
            if (!place)
                return std::nullopt;
            start(find_, *place, Blob{bytes_of(contact)});
            std::optional<RunId> source;
            if (find_.executeStep())
                source = text_at(find_, 0);
            find_.reset();
            return source;
        });
    }

    Result<std::uint64_t> size() {
        return guarded(*connection_, [&]() -> Result<std::uint64_t> {
            start(size_, api_url_, team_);
            size_.executeStep();
            const std::uint64_t entries = unsigned_at(size_, 0);
            size_.reset();
            return entries;
        });
    }

private:
    // A place that is there once stays; one that is not may come any time.
    std::optional<std::int64_t> place_of(const Id& sequence) {
        if (const auto known = places_.find(sequence); known != places_.end())
            return known->second;
        start(find_place_, api_url_, team_, Blob{bytes_of(sequence)});
        std::optional<std::int64_t> place;
        if (find_place_.executeStep())
            place = find_place_.getColumn(0).getInt64();
        find_place_.reset();
        if (place)
            places_.emplace(sequence, *place);
        return place;
    }

    std::shared_ptr<Connection> connection_;
    std::string api_url_;
    std::string team_;
    SQLite::Statement find_place_;
    SQLite::Statement find_;
    SQLite::Statement size_;
    std::unordered_map<Id, std::int64_t> places_;
};

Ledger::Ledger(std::shared_ptr<Connection> connection, std::string api_url, std::string team)
    : impl_(std::make_unique<Impl>(std::move(connection), std::move(api_url), std::move(team))) {}

Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Result<std::optional<RunId>> Ledger::find(const Id& sequence, const Id& contact) {
    return impl_->find(sequence, contact);
}

Result<std::uint64_t> Ledger::size() {
    return impl_->size();
}

}  // namespace seqload::state

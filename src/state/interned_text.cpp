#include "interned_text.hpp"

#include "binding.hpp"

namespace seqload::state {

namespace {

constexpr std::size_t room = std::size_t{1} << 20U;

}  // namespace

std::optional<std::int64_t> RecentTexts::find(const std::string& text) const {
    const auto found = numbers_.find(text);
    if (found == numbers_.end())
        return std::nullopt;
    return found->second;
}

void RecentTexts::remember(const std::string& text, std::int64_t number) {
    constexpr std::size_t entry = 64;  // about what the map takes besides the text
    if (bytes_ + text.size() + entry > room)
        clear();
    bytes_ += text.size() + entry;
    numbers_.emplace(text, number);
}

void RecentTexts::clear() {
    numbers_.clear();
    bytes_ = 0;
}

Reasons::Reasons(SQLite::Database& database)
    : find_(database, "SELECT reason FROM reasons WHERE text = ?"),
      insert_(database, "INSERT INTO reasons (text) VALUES (?) RETURNING reason") {}

std::optional<std::int64_t> Reasons::number_of(const std::string& text) {
    if (text.empty())
        return std::nullopt;
    if (const auto known = recent_.find(text))
        return known;
    start(find_, text);
    const bool known = find_.executeStep();
    if (!known) {
        start(insert_, text);
        insert_.executeStep();
    }
    const std::int64_t number = (known ? find_ : insert_).getColumn(0).getInt64();
    find_.reset();
    insert_.reset();
    recent_.remember(text, number);
    return number;
}

Details::Details(SQLite::Database& database)
    : last_of_run_(database, "SELECT coalesce(max(detail), 0) FROM details WHERE run = ?"),
      insert_(database, "INSERT INTO details (run, detail, text) VALUES (?, ?, ?)") {}

void Details::turn_to(std::int64_t run) {
    if (run != run_)
        recent_.clear();
    run_ = run;
    start(last_of_run_, run);
    last_of_run_.executeStep();
    last_ = last_of_run_.getColumn(0).getInt64();
    last_of_run_.reset();
}

std::optional<std::int64_t> Details::number_of(const std::string& text) {
    if (text.empty())
        return std::nullopt;
    if (const auto known = recent_.find(text))
        return known;
    carry_out(insert_, run_, last_ + 1, text);
    recent_.remember(text, ++last_);
    return last_;
}

}  // namespace seqload::state

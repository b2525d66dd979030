#include "outcome_context.hpp"

#include "binding.hpp"

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

std::string only_text(QuickStatement& statement) {
    std::string text;
    if (statement.step())
        text = statement.text(0);
    statement.reset();
    return text;
}

}  // namespace

std::optional<std::int64_t> read_reason(SQLite::Database& database, std::string_view text) {
    SQLite::Statement find(database, "SELECT reason FROM reasons WHERE text = ?");
    start(find, std::string(text));
    return find.executeStep() ? optional_at(find, 0) : std::nullopt;
}

OutcomeContext::OutcomeContext(SQLite::Database& database, std::int64_t run)
    : run_(run),
      find_reason_(database, "SELECT text FROM reasons WHERE reason = ?"),
      find_detail_(database, "SELECT text FROM details WHERE run = ? AND detail = ?"),
      find_batch_(database,
                  "SELECT target, http_status, attempts, request_id, changed_at FROM batches "
                  "WHERE run = ? AND batch = ?") {}

const std::string& OutcomeContext::reason(std::int64_t number) {
    return reasons_.find(number, [&] {
        find_reason_.start(number);
        return only_text(find_reason_);
    });
}

const std::string& OutcomeContext::detail(std::int64_t number) {
    return details_.find(number, [&] {
        find_detail_.start(run_, number);
        return only_text(find_detail_);
    });
}

const BatchFacts& OutcomeContext::batch(BatchNumber number) {
    return batches_.find(number, [&] {
        find_batch_.start(run_, number);
        BatchFacts facts;
        if (find_batch_.step())
            facts = {.target = find_batch_.number(0),
                     .http_status = find_batch_.optional_number(1),
                     .attempts = find_batch_.optional_number(2),
                     .request_id = std::string(find_batch_.text(3)),
                     .changed_at = find_batch_.number(4)};
        find_batch_.reset();
        return facts;
    });
}

}  // namespace seqload::state

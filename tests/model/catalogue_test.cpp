#include "seqload/model/catalogue.hpp"

#include <array>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

#include <doctest/doctest.h>

using namespace seqload;

namespace {

// Every reason that there is; its names end where the enum does.
std::vector<InvalidReason> invalid_reasons() {
    std::vector<InvalidReason> all;
    try {
        for (int number = 0;; ++number) {
            (void)name(static_cast<InvalidReason>(number));
            all.push_back(static_cast<InvalidReason>(number));
        }
    } catch (const std::out_of_range&) {
        return all;
    }
}

// facts.md, "The answer".
constexpr std::array apollo_reasons{
    "contact_not_found",
    "contacts_already_exists_in_current_campaign",
    "contacts_active_in_other_campaigns",
    "contacts_finished_in_other_campaigns",
    "contacts_without_email",
    "contacts_unverified_email",
    "contacts_with_unverified_user_managed_email",
    "contacts_with_job_change",
    "contacts_in_same_company",
    "contacts_without_ownership_permission",
    "contacts_in_pending_state",
    "contacts_unsubscribed",
};

}  // namespace

TEST_CASE("every status, every reason of an invalid row and every known one of Apollo's is there") {
    for (const RowStatus status : row_statuses) {
        CAPTURE(name(status));
        CHECK(explain(Subject::status, name(status)) != nullptr);
    }
    REQUIRE(invalid_reasons().size() >= 18);
    for (const InvalidReason invalid : invalid_reasons()) {
        CAPTURE(name(invalid));
        CHECK(explain(Subject::invalid, name(invalid)) != nullptr);
        CHECK(!advice(RowStatus::invalid, name(invalid)).empty());
    }
    for (const char* of_apollo : apollo_reasons) {
        CAPTURE(of_apollo);
        CHECK(explain(Subject::apollo_reason, of_apollo) != nullptr);
    }
}

TEST_CASE("no entry says the same twice, leaves out what it means, or hides what to do") {
    std::set<std::tuple<Subject, std::string, std::optional<RowStatus>>> seen;
    for (const Explanation* one : all_explanations()) {
        CAPTURE(one->word);
        CHECK(seen.emplace(one->subject, one->word, one->of).second);
        CHECK(!one->meaning.empty());
        CHECK(!one->meaning.ends_with('.'));
        CHECK(!one->next.ends_with('.'));
        if (one->again == Again::once_mended)
            CHECK((!one->next.empty() || !one->option.empty()));
    }
}

TEST_CASE("a word that carries something of its own is understood") {
    REQUIRE(explain("same_as_row_17").size() == 1);
    CHECK(explain("same_as_row_17").front()->word == reason::same_as_row);
    CHECK(explain("same_as_row").size() == 1);
    CHECK(explain("known_from_run_20261123-213622-k7q2").size() == 1);
    CHECK(explain("known_from_run").size() == 1);
    CHECK(explain("made_up_by_apollo").empty());
    CHECK(explain("").empty());
}

TEST_CASE("a word that means several things is explained as each of them") {
    CHECK(explain("gave_up").size() == 2);
    CHECK(explain("answer_lost").size() == 3);
    const Explanation* there = explain(RowStatus::already_in_sequence, "answer_lost");
    const Explanation* unknown = explain(RowStatus::unconfirmed, "answer_lost");
    REQUIRE(there != nullptr);
    REQUIRE(unknown != nullptr);
    CHECK(there->again == Again::not_needed);
    CHECK(unknown->again == Again::helps);
    CHECK(explain(RowStatus::failed, "finished") == nullptr);  // no reason of a row
}

TEST_CASE("the advice is the reason's, and of an unknown reason the status's") {
    CHECK(advice(RowStatus::skipped, "contacts_without_email") ==
          "find the address in Apollo, or allow contacts without (--sequence-no-email)");
    CHECK(advice(RowStatus::unconfirmed, "made_up") == "ask Apollo what became of it");
    CHECK(advice(RowStatus::added, "").empty());
}

TEST_CASE("a slip of the pen finds the word that was meant") {
    CHECK(nearest_word("contact_without_email") == "contacts_without_email");
    CHECK(nearest_word("bad_contct_id") == "bad_contact_id");
    CHECK(nearest_word("aded") == "added");
    CHECK(nearest_word("nothing_like_it_at_all") == std::nullopt);
    CHECK(nearest_word("9") == std::nullopt);
}

#pragma once

// The events of a JSON parser, told to what is known of the answer. The answer's
// outline, as far as it matters (facts.md, "The answer"):
//
//   { "contacts": [ CONTACT… ]  or  { "added": [ CONTACT… ], "skipped": [ SKIP… ] },
//     "skipped_contact_ids": { id: reason, … }  or  [ SKIP… ],
//     "entity_progress_job": { … } }
//   CONTACT  an id, or { "id": …, "contact_campaign_statuses": [ MEMBERSHIP… ] }
//   SKIP     an id, or { "id": …, "reason": … }
//   MEMBERSHIP  { "emailer_campaign_id": …, "status": …, "inactive_reason": … }
//
// Every other value is passed over, with all that is in it: it has ids, too.

#include "seqload/apollo/add_answer.hpp"
#include "seqload/model/id.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::apollo {

// Takes one document; false from an event means that the reading must end.
class AddAnswerEvents final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit AddAnswerEvents(const Id& sequence);

    bool null() override;
    bool boolean(bool value) override;
    bool number_integer(number_integer_t value) override;
    bool number_unsigned(number_unsigned_t value) override;
    bool number_float(number_float_t value, const string_t& digits) override;
    bool string(string_t& value) override;
    bool binary(binary_t& value) override;
    bool start_object(std::size_t elements) override;
    bool key(string_t& name) override;
    bool end_object() override;
    bool start_array(std::size_t elements) override;
    bool end_array() override;
    bool parse_error(std::size_t position, const std::string& last_token,
                     const nlohmann::detail::exception& error) override;

    // Why an event answered false; empty if none did.
    const std::string& complaint() const { return complaint_; }

    // Whether the document had anything in it that an answer has.
    bool recognised() const;

    // What the document said; call once, after its end.
    AddAnswer take();

private:
    // What the parser is inside of.
    enum class Place : unsigned char {
        document,       // nothing yet
        answer,         // the outermost object
        contact_lists,  // {"added": …, "skipped": …}
        contacts,       // a list of CONTACT
        contact,
        memberships,
        membership,
        skips,  // a list of SKIP
        skip,
        skip_reasons,  // {id: reason}
        skip_reason,   // {id: {"reason": …}}
        elsewhere,
    };

    struct Membership {
        bool in_this_sequence = false;
        bool paused = false;
        std::string inactive_reason;
    };

    // What is known so far of the contact or skip being read.
    struct Entry {
        std::string id;
        std::string contact_id;  // names it where there is no id
        std::string reason;
        bool paused = false;
        std::string inactive_reason;

        std::string_view name() const;
        void take(std::string_view key, std::string_view text);
    };

    Place place() const { return places_.back(); }
    Place place_of_object() const;
    Place place_of_array() const;
    bool enter(Place inner);  // false: too deep
    void leave();
    void notice_answer_key(bool says_something);
    void scalar(std::string_view text);
    bool nothing();
    void add(std::string_view text, bool paused, std::string_view inactive_reason);
    void skip(std::string_view text, std::string_view reason_text);

    Id sequence_;
    std::vector<Place> places_{Place::document};
    std::string key_;  // the last one read in the innermost object
    Entry entry_;
    Membership membership_;
    AddAnswer answer_;
    std::unordered_map<Id, std::size_t> added_places_;
    std::unordered_map<Id, std::size_t> skipped_places_;
    bool known_key_ = false;
    std::string complaint_;
};

}  // namespace seqload::apollo

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

#include "id_places.hpp"
#include "json_events.hpp"
#include "seqload/apollo/add_answer.hpp"
#include "seqload/model/id.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

// What the parser is inside of.
enum class AnswerPlace : unsigned char {
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

class AddAnswerEvents final : public JsonEvents<AnswerPlace> {
public:
    explicit AddAnswerEvents(const Id& sequence);

    bool null() override;
    bool boolean(bool value) override;
    bool start_object() override;
    void end_object() override;
    bool start_array() override;
    void end_array() override;

    // Whether the document had anything in it that an answer has.
    bool recognised() const;

    // What the document said; call once, after its end.
    AddAnswer take();

private:
    using Place = AnswerPlace;

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
        void clear();
    };

    Place place_of_object() const;
    Place place_of_array() const;
    bool enter(Place inner);
    void leave();
    void notice_answer_key(bool says_something);
    bool scalar(std::string_view text) override;
    bool nothing();
    void add(std::string_view text, bool paused, std::string_view inactive_reason);
    void skip(std::string_view text, std::string_view reason_text);

    Id sequence_;
    Entry entry_;
    Membership membership_;
    AddAnswer answer_;
    IdPlaces added_places_;
    IdPlaces skipped_places_;
    bool known_key_ = false;
};

}  // namespace seqload::apollo

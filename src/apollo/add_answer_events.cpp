#include "add_answer_events.hpp"

#include "seqload/apollo/message.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/outcome.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace seqload::apollo {

namespace {

// Apollo's codes are short words; something longer is cut, so that a report stays readable.
constexpr std::size_t reason_limit = 100;

// Most answers are to so many contacts, or fewer.
constexpr std::size_t usual_batch = 100;

// "entity_progress_job" is the shape that Apollo documents for a sister operation
// (openapi.json, remove_or_stop_contact_ids); the others are its like.
bool names_a_job(std::string_view key) {
    return key == "job" || key == "job_id" || key.ends_with("_job") || key.ends_with("_job_id");
}

// Blanks around it are none of an id's, and seldom there.
std::optional<Id> id_in(std::string_view text) {
    const auto id = Id::parse(text);
    return id ? id : Id::parse(trimmed(text));
}

// What a job says of itself at the top level instead.
bool is_job_status(std::string_view text) {
    static constexpr std::array<std::string_view, 8> words{
        "accepted",   "enqueued", "in_progress", "pending",
        "processing", "queued",   "scheduled",   "started",
    };
    return std::ranges::any_of(words,
                               [text](auto word) { return equal_ignoring_case(text, word); });
}

}  // namespace

AddAnswerEvents::AddAnswerEvents(const Id& sequence)
    : JsonEvents(Place::document), sequence_(sequence) {}

bool AddAnswerEvents::recognised() const {
    return known_key_ || answer_.accepted_as_job;
}

bool AddAnswerEvents::null() {
    return nothing();
}

bool AddAnswerEvents::boolean(bool value) {
    if (place() == Place::answer)
        notice_answer_key(value);
    return place() == Place::answer || nothing();
}

bool AddAnswerEvents::start_object() {
    if (place() == Place::answer)
        notice_answer_key(true);
    return enter(place_of_object());
}

bool AddAnswerEvents::start_array() {
    if (place() == Place::document)
        return false;
    if (place() == Place::answer)
        notice_answer_key(true);
    if (place() == Place::skip_reasons)  // {id: […]}
        skip(last_key(), {});
    return enter(place_of_array());
}

void AddAnswerEvents::end_object() {
    leave();
}

void AddAnswerEvents::end_array() {
    leave();
}

bool AddAnswerEvents::enter(Place inner) {
    if (!JsonEvents::enter(inner))
        return false;
    switch (inner) {
        case Place::contact:
        case Place::skip:
            entry_.clear();
            break;
        case Place::membership:
            membership_ = {};
            break;
        case Place::skip_reason:
            entry_.clear();
            entry_.id = last_key();
            break;
        case Place::contacts:
        case Place::skips:
        case Place::skip_reasons:
            answer_.lists_contacts = true;
            break;
        default:
            break;
    }
    return true;
}

AnswerPlace AddAnswerEvents::place_of_object() const {
    switch (place()) {
        case Place::document:
            return Place::answer;
        case Place::answer:
            if (last_key() == "contacts")
                return Place::contact_lists;
            return last_key() == "skipped_contact_ids" ? Place::skip_reasons : Place::elsewhere;
        case Place::contact_lists:
            return last_key() == "skipped" ? Place::skip_reasons : Place::elsewhere;
        case Place::contacts:
            return Place::contact;
        case Place::memberships:
            return Place::membership;
        case Place::skips:
            return Place::skip;
        case Place::skip_reasons:
            return Place::skip_reason;
        default:
            return Place::elsewhere;
    }
}

AnswerPlace AddAnswerEvents::place_of_array() const {
    switch (place()) {
        case Place::answer:
            if (last_key() == "contacts")
                return Place::contacts;
            return last_key() == "skipped_contact_ids" ? Place::skips : Place::elsewhere;
        case Place::contact_lists:
            if (last_key() == "added")
                return Place::contacts;
            return last_key() == "skipped" ? Place::skips : Place::elsewhere;
        case Place::contact:
            return last_key() == "contact_campaign_statuses" ? Place::memberships
                                                             : Place::elsewhere;
        default:
            return Place::elsewhere;
    }
}

void AddAnswerEvents::leave() {
    switch (place()) {
        case Place::contact:
            add(entry_.name(), entry_.paused, entry_.inactive_reason);
            break;
        case Place::membership:
            if (membership_.in_this_sequence) {
                entry_.paused |= membership_.paused || !membership_.inactive_reason.empty();
                if (!membership_.inactive_reason.empty())
                    entry_.inactive_reason = std::move(membership_.inactive_reason);
            }
            break;
        case Place::skip:
        case Place::skip_reason:
            skip(entry_.name(), entry_.reason);
            break;
        default:
            break;
    }
    JsonEvents::leave();
}

// says_something: the value is neither null nor false nor empty.
void AddAnswerEvents::notice_answer_key(bool says_something) {
    if (last_key() == "contacts" || last_key() == "skipped_contact_ids" ||
        last_key() == "emailer_campaign")
        known_key_ = true;
    if (names_a_job(last_key()) && says_something)
        answer_.accepted_as_job = true;
}

bool AddAnswerEvents::scalar(std::string_view text) {
    switch (place()) {
        case Place::answer:
            notice_answer_key(!text.empty());
            answer_.accepted_as_job |= last_key() == "status" && is_job_status(text);
            break;
        case Place::contacts:
            add(text, false, {});
            break;
        case Place::contact:
            entry_.take(last_key(), text);
            break;
        case Place::membership:
            if (last_key() == "emailer_campaign_id")
                membership_.in_this_sequence = Id::parse(text) == sequence_;
            if (last_key() == "status")
                membership_.paused = equal_ignoring_case(text, "paused");
            if (last_key() == "inactive_reason")
                membership_.inactive_reason = text;
            break;
        case Place::skips:
            skip(text, {});
            break;
        case Place::skip:
            entry_.take(last_key(), text);
            break;
        case Place::skip_reasons:
            skip(last_key(), text);
            break;
        case Place::skip_reason:
            if (last_key() == "reason")
                entry_.reason = text;
            break;
        default:
            break;
    }
    return place() != Place::document;
}

// A null, or a boolean where it says no more than that: no id, no reason.
bool AddAnswerEvents::nothing() {
    switch (place()) {
        case Place::document:
            return false;
        case Place::answer:
            notice_answer_key(false);
            break;
        case Place::contacts:
        case Place::skips:
            ++answer_.unreadable;
            break;
        case Place::skip_reasons:
            skip(last_key(), {});
            break;
        default:
            break;
    }
    return true;
}

std::string_view AddAnswerEvents::Entry::name() const {
    return id.empty() ? contact_id : id;
}

void AddAnswerEvents::Entry::take(std::string_view key, std::string_view text) {
    if (key == "id")
        id = text;
    if (key == "contact_id")
        contact_id = text;
    if (key == "reason" || key == "skip_reason")
        reason = text;
}

// The texts keep their memory for the next one.
void AddAnswerEvents::Entry::clear() {
    id.clear();
    contact_id.clear();
    reason.clear();
    paused = false;
    inactive_reason.clear();
}

void AddAnswerEvents::add(std::string_view text, bool paused, std::string_view inactive_reason) {
    const auto id = id_in(text);
    if (!id) {
        ++answer_.unreadable;
        return;
    }
    if (answer_.added.empty())
        answer_.added.reserve(usual_batch);
    const auto [place, is_new] = added_places_.note(*id, answer_.added.size());
    if (is_new)
        answer_.added.emplace_back().contact = *id;
    AddedContact& contact = answer_.added[place];
    contact.paused |= paused;
    if (!inactive_reason.empty())
        contact.inactive_reason = one_line(inactive_reason);
}

// Named twice, the last reason holds, as JSON readers do; but none does not undo one.
void AddAnswerEvents::skip(std::string_view text, std::string_view reason_text) {
    const auto id = id_in(text);
    if (!id) {
        ++answer_.unreadable;
        return;
    }
    const auto [place, is_new] = skipped_places_.note(*id, answer_.skipped.size());
    if (is_new)
        answer_.skipped.push_back({*id, std::string(reason::unspecified)});
    if (std::string word = one_line(reason_text, reason_limit); !word.empty())
        answer_.skipped[place].reason = std::move(word);
}

AddAnswer AddAnswerEvents::take() {
    if (answer_.skipped.empty())
        return std::move(answer_);
    std::erase_if(answer_.added,
                  [this](const auto& added) { return skipped_places_.contains(added.contact); });
    return std::move(answer_);
}

}  // namespace seqload::apollo

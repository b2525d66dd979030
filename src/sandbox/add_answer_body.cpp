#include "add_answer_body.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/contact_json.hpp"
#include "seqload/sandbox/json_text.hpp"

#include <algorithm>

namespace seqload::sandbox {
namespace {

class Body {
public:
    Body(const Team& team, SequenceIndex sequence, const Verdicts& verdicts,
         const AnswerShape& shape)
        : team_(team), sequence_(sequence), verdicts_(verdicts), shape_(shape) {}

    std::string write() {
        constexpr std::size_t usual_contact = 3600;
        json_.reserve(verdicts_.added.size() * usual_contact + verdicts_.skipped.size() * 80 +
                      2048);
        json_ += "{\"contacts\":";
        if (shape_.job)
            json_ += "[]";
        else
            write_contacts();
        const bool in_lists = shape_.contacts == ContactsShape::lists ||
                              shape_.contacts == ContactsShape::lists_of_ids;
        if (!in_lists) {
            json_ += ",\"skipped_contact_ids\":";
            write_skipped_contact_ids();
        }
        if (shape_.job)
            json_ +=
                ",\"entity_progress_job\":{\"id\":\"68782af1000000000000a001\","
                "\"status\":\"queued\",\"progress\":0}";
        write_sequence();
        json_ += '}';
        return std::move(json_);
    }

private:
    void write_contacts() {
        if (shape_.contacts == ContactsShape::lists ||
            shape_.contacts == ContactsShape::lists_of_ids) {
            json_ += "{\"added\":[";
            write_added();
            json_ += "],\"skipped\":[";
            write_skipped_elements();
            json_ += "]}";
        } else {
            json_ += '[';
            write_added();
            json_ += ']';
        }
    }

    bool bare() const {
        return shape_.contacts == ContactsShape::ids ||
               shape_.contacts == ContactsShape::lists_of_ids;
    }

    void write_contact(ContactIndex contact) {
        separate();
        if (bare())
            append_json(json_, team_.world.contacts.id(contact).text());
        else
            append_contact(json_, team_.world, team_.memberships, contact, ContactView::added,
                           team_.memberships.find(contact, sequence_));
    }

    void write_added() {
        const std::size_t unnamed = std::min<std::size_t>(shape_.unnamed, verdicts_.added.size());
        for (std::size_t at = unnamed; at < verdicts_.added.size(); ++at)
            write_contact(verdicts_.added[at]);
        std::uint32_t both = 0;
        for (const Skipped& skipped : verdicts_.skipped)
            if (skipped.contact && both < shape_.both) {
                write_contact(*skipped.contact);
                ++both;
            }
    }

    void write_skipped_elements() {
        for (const Skipped& skipped : verdicts_.skipped) {
            separate();
            if (shape_.contacts == ContactsShape::lists) {
                json_ += "{\"id\":";
                append_json(json_, skipped.id);
                json_ += ",\"reason\":";
                append_json(json_, skipped.reason);
                json_ += '}';
            } else {
                append_json(json_, skipped.id);
            }
        }
    }

    void write_skipped_contact_ids() {
        const bool as_array = shape_.skipped == SkippedShape::array;
        json_ += as_array ? '[' : '{';
        if (!shape_.job)
            for (const Skipped& skipped : verdicts_.skipped) {
                separate();
                append_json(json_, skipped.id);
                if (!as_array) {
                    json_ += ':';
                    append_json(json_, skipped.reason);
                }
            }
        json_ += as_array ? ']' : '}';
    }

    void write_sequence() {
        const Sequence& sequence = team_.world.sequences[sequence_];
        const std::string id = sequence.id.text();
        const std::string stem = id.substr(0, 18);
        json_ += joined(",\"emailer_campaign\":{\"id\":\"", id, "\",\"name\":");
        append_json(json_, sequence.name);
        json_ += joined(
            ",\"archived\":", sequence.archived ? "true" : "false",
            R"(,"created_at":"2024-09-17T20:09:57.837Z","emailer_schedule_id":)"
            R"("6095a711bd01d100a506d52a","max_emails_per_day":null,"user_id":")",
            sequence.user.text(), R"(","active":)", sequence.active ? "true" : "false",
            R"(,"loaded_stats":true},"emailer_steps":[{"id":")", stem,
            R"(0999a4","emailer_campaign_id":")", id,
            R"(","position":1,"wait_time":4,"type":"auto_email","wait_mode":"hour"}],)"
            R"("emailer_touches":[{"id":")",
            stem, R"(0999a6","emailer_step_id":")", stem, R"(0999a4","emailer_template_id":")",
            stem, R"(0999a5","status":"approved","type":"new_thread"}],"team":{"id":")",
            team_.world.team.text(), R"(","sequences_finder_empty":false},"signals_hash":null)");
    }

    void separate() {
        if (json_.back() != '[' && json_.back() != '{')
            json_ += ',';
    }

    const Team& team_;
    SequenceIndex sequence_;
    const Verdicts& verdicts_;
    const AnswerShape& shape_;
    std::string json_;
};

}  // namespace

std::string add_answer_body(const Team& team, SequenceIndex sequence, const Verdicts& verdicts,
                            const AnswerShape& shape) {
    return Body(team, sequence, verdicts, shape).write();
}

}  // namespace seqload::sandbox

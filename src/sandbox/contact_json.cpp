#include "seqload/sandbox/contact_json.hpp"

#include "contact_text.hpp"
#include "mixed.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/sandbox/gap_text.hpp"
#include "seqload/sandbox/json_text.hpp"

#include <array>
#include <functional>

namespace seqload::sandbox {
namespace {

enum class Gap : std::uint8_t {
    id,
    first_name,
    last_name,
    name,
    title,
    company,
    headline,
    digits,
    digits8,
    owner_id,
    creator_id,
    campaign_ids,
    email_status,
    unsubscribed,
    label_ids,
    email,
    true_status,
    statuses,
    emails,
    tail,
    md5,
    sha256,
    account,
    organization,
    team_id,
    sequence_id,
    sender_user,
    inactive_reason,
    status,
    added_at,
    added_by,
    finished_at,
    paused_at,
    auto_unpause_at,
    from_address,
    mailbox_id,
    manual,
};

const std::vector<std::string_view> gap_names{
    "id",           "first_name",      "last_name",    "name",
    "title",        "company",         "headline",     "digits",
    "digits8",      "owner_id",        "creator_id",   "campaign_ids",
    "email_status", "unsubscribed",    "label_ids",    "email",
    "true_status",  "statuses",        "emails",       "tail",
    "md5",          "sha256",          "account",      "organization",
    "team_id",      "sequence_id",     "sender_user",  "inactive_reason",
    "status",       "added_at",        "added_by",     "finished_at",
    "paused_at",    "auto_unpause_at", "from_address", "mailbox_id",
    "manual"};

struct Texts {
    GapText contact{contact_text, gap_names};
    GapText status{status_text, gap_names};
    GapText emails{emails_text, gap_names};
    GapText account{account_text, gap_names};
    GapText organization{organization_text, gap_names};
    GapText searched{searched_tail, gap_names};
    GapText shown{shown_tail, gap_names};
};

const Texts& texts() {
    static const Texts cut;
    return cut;
}

void append_hex(std::string& json, std::uint64_t value, std::size_t digits) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::array<char, 16> text{};
    for (std::size_t at = digits; at > 0; value >>= 4)
        text[--at] = hex[value & 15U];
    json.append(text.data(), digits);
}

// Looks like a digest of the address; made of its hash alone, because hashing for real would be
// the dearest part of an answer.
void append_digest(std::string& json, std::string_view email, int words) {
    std::uint64_t value = std::hash<std::string_view>{}(email);
    for (int word = 0; word < words; ++word) {
        value = mixed(value + static_cast<std::uint64_t>(word));
        append_hex(json, value, 16);
    }
}

// As Apollo writes the times of a membership: "2025-07-16T22:42:57.372+00:00".
std::string status_time(WallTime time) {
    std::string text = to_text(time);
    text.pop_back();
    return text + "+00:00";
}

void append_time_or_null(std::string& json, bool is_set, WallTime time) {
    append_json_or_null(json, is_set ? status_time(time) : std::string());
}

std::string_view email_status(const Traits& traits) {
    if (traits.has(Trait::no_email))
        return {};
    const bool unverified =
        traits.has(Trait::unverified_email) || traits.has(Trait::unverified_user_managed);
    return unverified ? "unverified" : "verified";
}

std::string_view true_status(const Traits& traits) {
    if (traits.has(Trait::no_email))
        return "Unavailable";
    if (traits.has(Trait::unverified_email))
        return "Unverified";
    return traits.has(Trait::unverified_user_managed) ? "User Managed" : "Verified";
}

// Fills the gaps that concern one membership.
class StatusWriter {
public:
    StatusWriter(std::string& json, const World& world, const Memberships& memberships,
                 const Membership& membership)
        : json_(json),
          world_(world),
          details_(memberships.details(membership)),
          membership_(membership) {}

    void write() {
        texts().status.append_to(json_, [this](std::size_t gap) { fill(static_cast<Gap>(gap)); });
    }

private:
    const Mailbox* mailbox() const {
        return membership_.mailbox == Membership::none ? nullptr
                                                       : &world_.mailboxes[membership_.mailbox];
    }

    void fill(Gap gap) {
        const Mailbox* sender = mailbox();
        const bool paused = membership_.status == MembershipStatus::paused;
        const bool is_over = membership_.status == MembershipStatus::finished;
        switch (gap) {
            case Gap::digits:
                append_hex(json_,
                           mixed((std::uint64_t{membership_.contact} << 32) | membership_.sequence),
                           16);
                break;
            case Gap::sequence_id:
                world_.sequences[membership_.sequence].id.append_to(json_);
                break;
            case Gap::sender_user:
                append_json_or_null(json_, sender == nullptr ? std::string() : sender->user.text());
                break;
            case Gap::inactive_reason:
                append_json_or_null(json_, text(membership_.inactive_reason));
                break;
            case Gap::status:
                json_ += name(membership_.status);
                break;
            case Gap::added_at:
                json_ += status_time(membership_.added_at);
                break;
            case Gap::added_by:
                append_json_or_null(json_, details_.user_id);
                break;
            case Gap::finished_at:
                append_time_or_null(json_, is_over, membership_.ended_at);
                break;
            case Gap::paused_at:
                append_time_or_null(json_, paused, membership_.added_at);
                break;
            case Gap::auto_unpause_at:
                append_json_or_null(json_, details_.auto_unpause_at);
                break;
            case Gap::from_address:
                append_json_or_null(json_, !details_.from_address.empty() ? details_.from_address
                                           : sender == nullptr            ? std::string()
                                                                          : sender->email);
                break;
            case Gap::mailbox_id:
                append_json_or_null(json_, sender == nullptr ? std::string() : sender->id.text());
                break;
            case Gap::manual:
                json_ += details_.auto_unpause_at.empty() ? "null" : "true";
                break;
            default:
                break;
        }
    }

    std::string& json_;
    const World& world_;
    const AdditionDetails& details_;
    const Membership& membership_;
};

class ContactWriter {
public:
    ContactWriter(std::string& json, const World& world, const Memberships& memberships,
                  ContactIndex contact, ContactView view, const Membership* only)
        : json_(json),
          world_(world),
          memberships_(memberships),
          contact_(contact),
          view_(view),
          id_(world.contacts.id(contact)),
          traits_(world.contacts.traits(contact)),
          profile_(world.contacts.profile(contact)),
          digits_(mixed(std::hash<Id>{}(id_))) {
        for (const Membership* membership : memberships.of(contact))
            if (membership->is_in() && (only == nullptr || only == membership))
                shown_.push_back(membership);
    }

    void write() { write(texts().contact); }

private:
    void write(const GapText& text) {
        text.append_to(json_, [this](std::size_t gap) { fill(static_cast<Gap>(gap)); });
    }

    void fill(Gap gap) {
        switch (gap) {
            case Gap::id:
                id_.append_to(json_);
                break;
            case Gap::first_name:
                append_json_or_null(json_, profile_.first_name);
                break;
            case Gap::last_name:
                append_json_or_null(json_, profile_.last_name);
                break;
            case Gap::name:
                append_json(json_, profile_.first_name + ' ' + profile_.last_name);
                break;
            case Gap::title:
                append_json_or_null(json_, profile_.title);
                break;
            case Gap::company:
                append_json_or_null(json_, profile_.company);
                break;
            case Gap::headline:
                append_json_or_null(json_, profile_.title + " at " + profile_.company);
                break;
            case Gap::digits:
                append_hex(json_, digits_, 16);
                break;
            case Gap::digits8:
                append_hex(json_, digits_ >> 16, 8);
                break;
            case Gap::owner_id:
                append_user(traits_.has(Trait::owned_by_other) ? 1 : 0);
                break;
            case Gap::creator_id:
                append_user(0);
                break;
            case Gap::team_id:
                world_.team.append_to(json_);
                break;
            case Gap::unsubscribed:
                json_ += traits_.has(Trait::unsubscribed) ? "true" : "null";
                break;
            case Gap::tail:
                if (view_ == ContactView::searched)
                    write(texts().searched);
                else if (view_ == ContactView::shown)
                    write(texts().shown);
                break;
            case Gap::account:
                write(texts().account);
                break;
            case Gap::organization:
                write(texts().organization);
                break;
            default:
                fill_email(gap);
                break;
        }
    }

    void fill_email(Gap gap) {
        switch (gap) {
            case Gap::email:
                append_json_or_null(
                    json_, traits_.has(Trait::no_email) ? std::string_view() : profile_.email);
                break;
            case Gap::email_status:
                append_json_or_null(json_, email_status(traits_));
                break;
            case Gap::true_status:
                append_json(json_, true_status(traits_));
                break;
            case Gap::emails:
                if (traits_.has(Trait::no_email))
                    json_ += "[]";
                else
                    write(texts().emails);
                break;
            case Gap::md5:
                append_digest(json_, profile_.email, 2);
                break;
            case Gap::sha256:
                append_digest(json_, profile_.email, 4);
                break;
            default:
                fill_list(gap);
                break;
        }
    }

    void fill_list(Gap gap) {
        json_ += '[';
        if (gap == Gap::campaign_ids) {
            for (const Membership* membership : shown_) {
                begin_element();
                append_json(json_, world_.sequences[membership->sequence].id.text());
            }
        } else if (gap == Gap::label_ids) {
            for (const LabelIndex label : world_.contacts.labels(contact_)) {
                begin_element();
                append_json(json_, world_.labels[label].id.text());
            }
        } else if (gap == Gap::statuses) {
            for (const Membership* membership : shown_) {
                begin_element();
                StatusWriter(json_, world_, memberships_, *membership).write();
            }
        }
        json_ += ']';
    }

    void begin_element() {
        if (json_.back() != '[')
            json_ += ',';
    }

    void append_user(std::size_t place) {
        const Id user = place < world_.users.size() ? world_.users[place].id : world_.team;
        user.append_to(json_);
    }

    std::string& json_;
    const World& world_;
    const Memberships& memberships_;
    ContactIndex contact_;
    ContactView view_;
    Id id_;
    Traits traits_;
    Profile profile_;
    std::uint64_t digits_;
    std::vector<const Membership*> shown_;
};

}  // namespace

void append_contact(std::string& json, const World& world, const Memberships& memberships,
                    ContactIndex contact, ContactView view, const Membership* only) {
    ContactWriter(json, world, memberships, contact, view, only).write();
}

}  // namespace seqload::sandbox

#include "seqload/apollo/name_search.hpp"

#include "seqload/apollo/message.hpp"
#include "seqload/base/edit_distance.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

namespace seqload::apollo {

namespace {

// Enough of a name to know it by in a message.
constexpr std::size_t shown_name_limit = 100;

// How a name may match, from the surest way on.
enum class Likeness : std::uint8_t { letter_for_letter, without_case, alias };

std::span<const Likeness> ways(NameKind kind) {
    static constexpr std::array letters_then_case{Likeness::letter_for_letter,
                                                  Likeness::without_case};
    static constexpr std::array addresses{Likeness::without_case, Likeness::alias};
    switch (kind) {
        case NameKind::sequence:
            return letters_then_case;
        case NameKind::label:
            return std::span(letters_then_case).first(1);
        case NameKind::mailbox:
            return addresses;
        case NameKind::user:
            return std::span(addresses).first(1);
    }
    std::unreachable();
}

bool same(std::string_view name, std::string_view wanted) {
    return equal_ignoring_case(trimmed(name), trimmed(wanted));
}

bool is_called(const NamedId& candidate, std::string_view wanted, Likeness way) {
    switch (way) {
        case Likeness::letter_for_letter:
            return candidate.name == wanted;
        case Likeness::without_case:
            return same(candidate.name, wanted);
        case Likeness::alias:
            return std::ranges::any_of(candidate.aliases,
                                       [wanted](const auto& alias) { return same(alias, wanted); });
    }
    std::unreachable();
}

// The same thing may stand in a list twice, where its pages were read while it changed.
void add_new(std::vector<NamedId>& found, const NamedId& candidate) {
    if (std::ranges::find(found, candidate.id, &NamedId::id) == found.end())
        found.push_back(candidate);
}

// Everyone who is called so in the surest way in which anyone is.
std::vector<NamedId> called(NameKind kind, std::span<const NamedId> among,
                            std::string_view wanted) {
    std::vector<NamedId> found;
    for (const bool out_of_use : {false, true}) {
        for (const Likeness way : ways(kind)) {
            for (const NamedId& candidate : among) {
                if (candidate.out_of_use == out_of_use && is_called(candidate, wanted, way))
                    add_new(found, candidate);
            }
            if (!found.empty())
                return found;
        }
    }
    return found;
}

std::string shown(std::string_view name) {
    return joined("'", one_line(name, shown_name_limit), "'");
}

// "'Welcome' 66e9…, 'welcome' 66ea… or 'Welcome' 66eb…"
std::string listed(std::span<const NamedId> candidates) {
    const std::size_t count = std::min(candidates.size(), listed_names);
    std::string text;
    for (std::size_t at = 0; at < count; ++at) {
        if (at > 0)
            text += at + 1 == candidates.size() ? " or " : ", ";
        text += joined(shown(candidates[at].name), " ", candidates[at].id.text());
    }
    if (count < candidates.size())
        text += joined(" or one of ", counted(candidates.size() - count, "other"));
    return text;
}

std::string nobody(NameKind kind, std::string_view wanted) {
    switch (kind) {
        case NameKind::sequence:
            return joined("no sequence is called ", shown(wanted));
        case NameKind::label:
            return joined("no label for contacts is called ", shown(wanted));
        case NameKind::mailbox:
            return joined("no mailbox has the address ", shown(wanted));
        case NameKind::user:
            return joined("no user has the address ", shown(wanted));
    }
    std::unreachable();
}

std::string several(NameKind kind, std::size_t count, std::string_view wanted) {
    switch (kind) {
        case NameKind::sequence:
            return joined(counted(count, "sequence"), " are called ", shown(wanted));
        case NameKind::label:
            return joined(counted(count, "label"), " are called ", shown(wanted));
        case NameKind::mailbox:
            return joined(grouped(count), " mailboxes have the address ", shown(wanted));
        case NameKind::user:
            return joined(counted(count, "user"), " have the address ", shown(wanted));
    }
    std::unreachable();
}

// The part of an address that is the person's; empty for what is no address.
std::string_view mailbox_part(std::string_view text) {
    const auto at = text.find('@');
    return at == std::string_view::npos ? std::string_view() : text.substr(0, at);
}

// What somebody wanted, prepared to be compared with many names.
class Wish {
public:
    explicit Wish(std::string_view wanted)
        : text_(lowered(trimmed(wanted))), edits_(std::min<std::size_t>(3, text_.size() / 4)) {}

    // 0 is nearest; nullopt: not near.
    std::optional<std::size_t> rank(const NamedId& candidate) const {
        std::size_t best = rank_of(candidate.name);
        for (const std::string& alias : candidate.aliases)
            best = std::min(best, rank_of(alias));
        return best == far ? std::nullopt : std::optional(best);
    }

private:
    static constexpr std::size_t far = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t shortest_part = 3;  // a shorter one is in every other name

    std::size_t rank_of(std::string_view name) const {
        const std::string other = lowered(trimmed(name));
        const std::size_t distance = edit_distance(text_, other, edits_);
        if (distance <= edits_)
            return distance;
        if (!mailbox_part(text_).empty() && mailbox_part(text_) == mailbox_part(other))
            return edits_ + 1;
        return holds_every_word(other) ? edits_ + 2 : far;
    }

    bool holds_every_word(std::string_view name) const {
        if (text_.size() < shortest_part)
            return false;
        return std::ranges::all_of(split(text_, ' '), [name](std::string_view word) {
            return name.find(word) != std::string_view::npos;
        });
    }

    std::string text_;
    std::size_t edits_;
};

}  // namespace

std::vector<NamedId> named(std::span<const Sequence> sequences) {
    std::vector<NamedId> names;
    for (const Sequence& sequence : sequences)
        names.push_back({sequence.id, sequence.name, {}, sequence.archived});
    return names;
}

std::vector<NamedId> named(std::span<const Mailbox> mailboxes) {
    std::vector<NamedId> names;
    for (const Mailbox& mailbox : mailboxes)
        names.push_back({mailbox.id, mailbox.email, mailbox.aliases, !mailbox.usable()});
    return names;
}

std::vector<NamedId> named(std::span<const User> users) {
    std::vector<NamedId> names;
    for (const User& user : users)
        names.push_back({user.id, user.email, {}, user.deleted});
    return names;
}

std::vector<NamedId> named(std::span<const Label> labels) {
    std::vector<NamedId> names;
    for (const Label& label : labels) {
        if (label.for_contacts())
            names.push_back({label.id, label.name});
    }
    return names;
}

Result<Id> find_by_name(NameKind kind, std::span<const NamedId> among, std::string_view wanted,
                        std::size_t nearest) {
    const std::vector<NamedId> found = called(kind, among, wanted);
    if (found.size() == 1)
        return found.front().id;
    if (!found.empty())
        return fail(ErrorKind::unusable_input, several(kind, found.size(), wanted), {},
                    joined("give the id of the one that is meant: ", listed(found)));
    const std::vector<NamedId> near = near_names(among, wanted, nearest);
    return fail(
        ErrorKind::unusable_input, nobody(kind, wanted), {},
        near.empty() ? "look the name up in Apollo" : joined("did you mean ", listed(near), "?"));
}

std::vector<NamedId> near_names(std::span<const NamedId> among, std::string_view wanted,
                                std::size_t at_most) {
    if (at_most == 0)
        return {};
    const Wish wish(wanted);
    // How near, whether out of use, and where it stands in the list.
    std::vector<std::tuple<std::size_t, bool, std::size_t>> near;
    for (std::size_t at = 0; at < among.size(); ++at) {
        if (const auto rank = wish.rank(among[at]))
            near.emplace_back(*rank, among[at].out_of_use, at);
    }
    std::ranges::sort(near);
    std::vector<NamedId> names;
    for (const auto& [rank, out_of_use, at] : near) {
        if (names.size() < at_most)
            add_new(names, among[at]);
    }
    return names;
}

}  // namespace seqload::apollo

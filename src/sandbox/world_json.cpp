#include "seqload/sandbox/world_json.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/sandbox/json_fields.hpp"
#include "seqload/sandbox/route.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <utility>

namespace seqload::sandbox {
namespace {

// The 8 bytes that the ids of a generated block share.
std::optional<std::array<std::uint8_t, 8>> parse_prefix(const std::string& text) {
    const std::optional<Id> id = Id::parse(text + "00000000");
    if (!id || text.size() != 16)
        return std::nullopt;
    std::array<std::uint8_t, 8> prefix{};
    std::copy_n(id->bytes().begin(), prefix.size(), prefix.begin());
    return prefix;
}

Id numbered(const std::array<std::uint8_t, 8>& prefix, std::uint32_t number) {
    std::array<std::uint8_t, Id::size> bytes{};
    std::ranges::copy(prefix, bytes.begin());
    for (std::size_t byte = 0; byte < 4; ++byte)
        bytes[8 + byte] = static_cast<std::uint8_t>(number >> (24 - 8 * byte));
    return Id(bytes);
}

// Reads a world part by part; the parts refer to those before them.
class WorldReader {
public:
    WorldReader(const nlohmann::json& json, std::string where) : fields_(json, std::move(where)) {}

    Result<World> read() {
        world_.team = fields_.id("team").value_or(*Id::parse("6095a710bd01d100a506d4ac"));
        world_.paid_plan = fields_.flag("paid_plan", true);
        world_.refused_requests_count = fields_.flag("refused_requests_count", false);
        read_keys("keys", world_.keys);
        read_keys("tokens", world_.tokens);
        each("users", [this](JsonFields& fields) { read_user(fields); });
        each("mailboxes", [this](JsonFields& fields) { read_mailbox(fields); });
        each("sequences", [this](JsonFields& fields) { read_sequence(fields); });
        each("generate_sequences", [this](JsonFields& fields) { generate_sequences(fields); });
        each("labels", [this](JsonFields& fields) { read_label(fields); });
        each("contacts", [this](JsonFields& fields) { read_contact(fields); });
        each("generate", [this](JsonFields& fields) { generate_contacts(fields); });
        read_limits();
        if (const nlohmann::json* shape = fields_.value("answers")) {
            if (const auto read = read_answer_shape(*shape, fields_.place("answers")))
                world_.shape = *read;
            else
                note(read.error());
        }
        if (error_)
            return std::unexpected(*error_);
        if (auto finished = fields_.finish(); !finished)
            return std::unexpected(finished.error());
        if (world_.keys.empty())
            world_.keys.push_back({.secret = "sandbox-master-key", .scopes = {}});
        if (world_.tokens.empty())
            world_.tokens.push_back({.secret = "sandbox-access-token", .scopes = {}});
        return std::move(world_);
    }

private:
    void note(const Error& error) {
        if (!error_)
            error_ = error;
    }

    // Calls read for each element of the list (or for the one object that stands in its place).
    template <class Read>
    void each(std::string_view name, Read read) {
        const nlohmann::json* list = fields_.value(name);
        if (list == nullptr)
            return;
        std::vector<const nlohmann::json*> elements;
        if (list->is_array())
            elements = fields_.elements(name);
        else
            elements.push_back(list);
        for (std::size_t at = 0; at < elements.size() && !error_; ++at) {
            JsonFields fields(*elements[at], fields_.place(name, at));
            read(fields);
            if (auto finished = fields.finish(); !finished)
                note(finished.error());
        }
    }

    static Id required_id(JsonFields& fields, std::string_view name = "id") {
        const std::optional<Id> id = fields.id(name);
        if (!id)
            fields.refuse("an id is needed", name, "an id is 24 hex characters");
        return id.value_or(Id{});
    }

    // The user that the field names, or the team's first.
    Id user_of(JsonFields& fields) {
        const Id first = world_.users.empty() ? world_.team : world_.users.front().id;
        return fields.id("user").value_or(first);
    }

    void read_keys(std::string_view name, std::vector<Key>& keys) {
        const auto elements = fields_.elements(name);
        for (std::size_t at = 0; at < elements.size(); ++at) {
            Key key;
            if (elements[at]->is_string()) {
                key.secret = elements[at]->get<std::string>();
            } else {
                JsonFields fields(*elements[at], fields_.place(name, at));
                key.secret = fields.text("key");
                key.scopes = fields.texts("scopes");
                key.master = fields.flag("master", key.scopes.empty());
                key.closed = fields.flag("closed", false);
                if (auto finished = fields.finish(); !finished)
                    note(finished.error());
            }
            keys.push_back(std::move(key));
        }
    }

    void read_user(JsonFields& fields) {
        world_.users.push_back({required_id(fields), fields.text("first_name"),
                                fields.text("last_name"), fields.text("email")});
    }

    void read_mailbox(JsonFields& fields) {
        Mailbox mailbox;
        mailbox.id = required_id(fields);
        mailbox.email = fields.text("email");
        mailbox.active = fields.flag("active", true);
        mailbox.revoked_at = fields.text("revoked_at");
        mailbox.inactive_reason = fields.text("inactive_reason");
        mailbox.aggregate = fields.flag("aggregate", false);
        mailbox.user = user_of(fields);
        mailbox.aliases = fields.texts("aliases");
        world_.mailboxes.push_back(std::move(mailbox));
    }

    void read_sequence(JsonFields& fields) {
        Sequence sequence;
        sequence.id = required_id(fields);
        sequence.name = fields.text("name");
        sequence.active = fields.flag("active", true);
        sequence.archived = fields.flag("archived", false);
        sequence.aggregate_accounts = fields.flag("aggregate_accounts", true);
        sequence.steps = static_cast<std::uint32_t>(fields.number("steps", 3));
        sequence.user = user_of(fields);
        add_sequence(std::move(sequence), fields);
    }

    void add_sequence(Sequence sequence, JsonFields& fields) {
        if (world_.find_sequence(sequence.id.text()))
            fields.refuse("this sequence is there already", "id");
        world_.sequences.push_back(std::move(sequence));
    }

    void generate_sequences(JsonFields& fields) {
        const auto prefix = parse_prefix(fields.text("prefix"));
        if (!prefix)
            fields.refuse("16 hex characters are needed", "prefix");
        const auto count = fields.number("count", 0, 100'000);
        const std::string name = fields.text("name", "Generated sequence");
        for (std::uint32_t number = 0; prefix && number < count; ++number) {
            Sequence sequence;
            sequence.id = numbered(*prefix, number);
            sequence.name = joined(name, " ", std::to_string(number));
            sequence.user = world_.users.empty() ? world_.team : world_.users.front().id;
            world_.sequences.push_back(std::move(sequence));
        }
    }

    void read_label(JsonFields& fields) {
        Label label;
        label.id = required_id(fields);
        label.name = fields.text("name");
        label.modality = fields.text("modality", "contacts");
        label.user = user_of(fields);
        if (fields.has("cached_count"))
            label.cached_count = static_cast<std::uint32_t>(fields.number("cached_count", 0));
        world_.labels.push_back(std::move(label));
    }

    LabelIndex label_named(JsonFields& fields, std::string_view field, std::string_view name) {
        const auto label = world_.find_label(name);
        if (!label)
            fields.refuse(joined("there is no label '", name, "' for contacts"), field,
                          "name it in labels");
        return label.value_or(0);
    }

    void read_contact(JsonFields& fields) {
        ListedContact contact;
        contact.id = required_id(fields);
        contact.first_name = fields.text("first_name");
        contact.last_name = fields.text("last_name");
        contact.title = fields.text("title");
        contact.company = fields.text("company");
        contact.email = fields.text("email");
        contact.account = static_cast<std::uint32_t>(fields.number("account", 0));
        for (const std::string& name : fields.texts("traits")) {
            const auto* found = std::ranges::find(trait_names, name);
            if (found == trait_names.end() || name == "already_in_sequence")
                fields.refuse(joined("there is no trait '", name, "'"), "traits");
            else
                contact.traits.set(static_cast<Trait>(found - trait_names.begin()));
        }
        for (const std::string& name : fields.texts("labels"))
            contact.labels.push_back(label_named(fields, "labels", name));
        if (contact.email.empty())
            contact.traits.set(Trait::no_email);
        const ContactIndex index = world_.contacts.size();
        for (const nlohmann::json* element : fields.elements("memberships"))
            read_membership(*element, fields.place("memberships"), index);
        if (!world_.contacts.add(std::move(contact)))
            fields.refuse("this contact is there already", "id");
    }

    void read_membership(const nlohmann::json& json, std::string where, ContactIndex contact) {
        JsonFields fields(json, std::move(where));
        const auto sequence = world_.find_sequence(fields.text("sequence"));
        if (!sequence)
            fields.refuse("there is no such sequence", "sequence");
        const std::string status = fields.text("status", "active");
        InitialMembership membership{contact, sequence.value_or(0), MembershipStatus::active};
        if (status == "paused")
            membership.status = MembershipStatus::paused;
        else if (status == "finished")
            membership.status = MembershipStatus::finished;
        else if (status != "active")
            fields.refuse(joined("there is no status '", status, "'"), "status",
                          "use active, paused or finished");
        world_.memberships.push_back(membership);
        if (auto finished = fields.finish(); !finished)
            note(finished.error());
    }

    void generate_contacts(JsonFields& fields) {
        GeneratedBlock block;
        const auto prefix = parse_prefix(fields.text("prefix", "66f0000000000000"));
        if (!prefix)
            fields.refuse("16 hex characters are needed", "prefix");
        block.prefix = prefix.value_or(std::array<std::uint8_t, 8>{});
        block.count = static_cast<std::uint32_t>(fields.number("count", 0, 50'000'000));
        read_shares(fields, block);
        for (const nlohmann::json* element : fields.elements("labels")) {
            JsonFields stride(*element, fields.place("labels"));
            const std::string name = stride.text("name");
            const auto every = static_cast<std::uint32_t>(stride.number("every", 1));
            const auto offset = static_cast<std::uint32_t>(stride.number("offset", 0));
            if (every == 0)
                stride.refuse("a number of 1 or more is expected", "every");
            block.labels.push_back({label_named(stride, "name", name), every, offset});
            if (auto finished = stride.finish(); !finished)
                note(finished.error());
        }
        const bool has_members =
            block.per_thousand[static_cast<std::size_t>(Trait::already_in_sequence)] > 0;
        std::optional<SequenceIndex> already_in = world_.find_sequence(fields.text("already_in"));
        if (has_members && !already_in)
            fields.refuse("the share of already_in_sequence needs a sequence", "already_in");
        if (error_)
            return;
        const ContactIndex first = world_.contacts.size();
        if (!world_.contacts.add(std::move(block)))
            fields.refuse("a block with this prefix is there already", "prefix");
        if (has_members && already_in)
            for (ContactIndex contact = first; contact < world_.contacts.size(); ++contact)
                if (world_.contacts.traits(contact).has(Trait::already_in_sequence))
                    world_.memberships.push_back({contact, *already_in, MembershipStatus::active});
    }

    void read_shares(JsonFields& fields, GeneratedBlock& block) {
        const nlohmann::json* shares = fields.value("per_thousand");
        if (shares == nullptr)
            return;
        JsonFields share_fields(*shares, fields.place("per_thousand"));
        std::uint64_t sum = 0;
        for (std::size_t trait = 0; trait < trait_count; ++trait) {
            const std::uint64_t share = share_fields.number(trait_names[trait], 0, 1000);
            block.per_thousand[trait] = static_cast<std::uint32_t>(share);
            sum += share;
        }
        if (sum > 1000)
            fields.refuse("the shares exceed 1000", "per_thousand");
        if (auto finished = share_fields.finish(); !finished || sum > 1000) {
            block.per_thousand = {};
            if (!finished)
                note(finished.error());
        }
    }

    void read_limits() {
        const nlohmann::json* limits = fields_.value("limits");
        if (limits == nullptr)
            return;
        JsonFields fields(*limits, fields_.place("limits"));
        for (const Route route : routes) {
            const std::string_view name = info(route).name;
            if (!fields.has(name))
                continue;
            const auto numbers = fields.elements(name);
            QuotaLimits read;
            if (numbers.size() != windows.size())
                fields.refuse("three numbers are expected: per minute, hour and day", name);
            for (std::size_t at = 0; at < windows.size() && at < numbers.size(); ++at) {
                if (numbers[at]->is_number_unsigned())
                    read.per_window[at] = numbers[at]->get<std::uint32_t>();
                else if (!numbers[at]->is_null())
                    fields.refuse("a whole number or null (unlimited) is expected", name);
            }
            world_.limits.emplace(name, read);
        }
        if (auto finished = fields.finish(); !finished)
            note(finished.error());
    }

    JsonFields fields_;
    World world_;
    std::optional<Error> error_;
};

}  // namespace

Result<World> read_world(std::string_view text, const std::string& where) {
    const auto json = parse_json(text, where);
    if (!json)
        return std::unexpected(json.error());
    return WorldReader(*json, where + ": ").read();
}

World default_world() {
    // The ids of README.md and samples/world.json, so that their examples work here, too.
    constexpr std::string_view text = R"json({
        "users": [
            {"id": "66302798d03b9601c7934ebf", "first_name": "Robin", "last_name": "Sender",
             "email": "robin.sender@example.com"},
            {"id": "60affe7d6e270a00f5db6fe4", "first_name": "Kim", "last_name": "Owner",
             "email": "kim.owner@example.com"}],
        "mailboxes": [
            {"id": "6633baaece5fbd01c791d701", "email": "robin@mail.example.com"},
            {"id": "6633baaece5fbd01c791d702", "email": "robin@news.example.com"},
            {"id": "6633baaece5fbd01c791d703", "email": "gone@mail.example.com", "active": false,
             "revoked_at": "2025-01-31T09:00:00.000Z", "inactive_reason": "Revoked by the user"}],
        "sequences": [
            {"id": "66e9e215ece19801b2199901", "name": "Welcome"},
            {"id": "66e9e215ece19801b2199902", "name": "Renewal"},
            {"id": "66e9e215ece19801b2199903", "name": "Summer (inactive)", "active": false}],
        "labels": [{"id": "66e361494acd1307386d4001", "name": "Trade fair"}],
        "generate": {
    "count" : 10000, "labels" : [ {"name" : "Trade fair", "every" : 100} ]
}
})json";
    auto world = read_world(text, "the built-in world");
    if (!world)
        throw std::logic_error(to_string(world.error()));
    return std::move(*world);
}

}  // namespace seqload::sandbox

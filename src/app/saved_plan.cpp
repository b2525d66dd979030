#include "seqload/app/saved_plan.hpp"

#include "plan_options_json.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "target_json.hpp"
#include "whole_number.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* format_name = "seqload plan";
constexpr int format_version = 1;

constexpr std::size_t most_differences = 20;

// No plan of ours is as deep as that, and what is copied and written level by level would use up
// the stack.
constexpr int most_levels = 32;

Json parsed(std::string_view text) {
    return Json::parse(text, [](int depth, Json::parse_event_t /*event*/, const Json& /*value*/) {
        if (depth > most_levels)
            throw std::invalid_argument("it goes deeper than any plan does");
        return true;
    });
}

std::string on_one_line(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json files_json(const std::vector<SavedPlan::File>& files) {
    Json json = Json::array();
    for (const SavedPlan::File& file : files)
        json.push_back({{"file", file.name},
                        {"bytes", file.bytes},
                        {"fingerprint", file.fingerprint},
                        {"rows", file.rows}});
    return json;
}

Json targets_json(const std::vector<SavedPlan::TargetCounts>& targets) {
    Json json = Json::array();
    for (const SavedPlan::TargetCounts& target : targets) {
        Json one = Json::parse(target.target);
        one["contacts"] = target.contacts;
        one["labels"] = target.labels;
        one["requests"] = target.requests;
        json.push_back(std::move(one));
    }
    return json;
}

std::uint64_t taken_out(Json& json, const char* member) {
    const auto number = whole_number<std::uint64_t>(json.at(member));
    json.erase(member);
    return number;
}

SavedPlan::TargetCounts target_in(Json json) {
    SavedPlan::TargetCounts target;
    target.contacts = taken_out(json, "contacts");
    target.labels = taken_out(json, "labels");
    target.requests = taken_out(json, "requests");
    target.target = on_one_line(json);
    return target;
}

SavedPlan plan_in(const Json& json) {
    SavedPlan plan;
    plan.made_by = json.at("made_by").get<std::string>();
    plan.made_at = parse_timestamp(json.at("made_at").get<std::string>()).value_or(WallTime());
    for (const Json& file : json.at("input"))
        plan.files.push_back({.name = file.at("file").get<std::string>(),
                              .bytes = whole_number<std::uint64_t>(file.at("bytes")),
                              .fingerprint = file.at("fingerprint").get<std::string>(),
                              .rows = whole_number<std::uint64_t>(file.at("rows"))});
    if (!json.at("options").is_object())
        throw std::invalid_argument("its options are no object");
    plan.options = on_one_line(json.at("options"));
    const Json& rows = json.at("rows");
    plan.totals.rows = whole_number<std::uint64_t>(rows.at("total"));
    plan.totals.to_send = whole_number<std::uint64_t>(rows.at("to_send"));
    plan.totals.duplicate = whole_number<std::uint64_t>(rows.at("duplicate"));
    plan.totals.excluded = whole_number<std::uint64_t>(rows.at("excluded"));
    plan.totals.invalid = whole_number<std::uint64_t>(rows.at("invalid"));
    plan.targets_in_all = whole_number<std::uint64_t>(json.at("targets_in_all"));
    for (const Json& target : json.at("targets"))
        plan.targets.push_back(target_in(target));
    plan.requests = whole_number<std::uint64_t>(json.at("requests"));
    plan.digest = json.at("digest").get<std::string>();
    return plan;
}

std::unexpected<Error> no_plan(const std::string& file_name, std::string_view why) {
    return fail(ErrorKind::unusable_input, joined("is no plan that can be read: ", why), file_name,
                "make it anew with `seqload plan --save`");
}

// The plan's options with those of the given ones that are not what nobody gave.
Json merged(Json plan, const Json& given, const Json& unsaid) {
    for (const auto& [name, value] : given.items()) {
        const Json by_default = unsaid.value(name, Json());
        if (value.is_object())
            plan[name] = merged(plan.value(name, Json::object()), value, by_default);
        else if (value != by_default)
            plan[name] = value;
    }
    return plan;
}

// Collects what differs; the first so many are worded.
class Differences {
public:
    void add(std::string line) {
        if (++count_ <= most_differences)
            lines_.push_back(std::move(line));
    }

    void compare(std::string_view what, std::uint64_t approved, std::uint64_t now) {
        if (approved != now)
            add(joined(what, ": ", grouped(approved), " approved, ", grouped(now), " now"));
    }

    bool empty() const { return count_ == 0; }

    std::vector<std::string> all() && {
        if (count_ > most_differences)
            lines_.push_back(
                joined("… and ", counted(count_ - most_differences, "difference"), " more"));
        return std::move(lines_);
    }

private:
    std::size_t count_ = 0;
    std::vector<std::string> lines_;
};

void compare_files(const SavedPlan& approved, const SavedPlan& now, Differences& found) {
    found.compare("input files", approved.files.size(), now.files.size());
    for (std::size_t i = 0; i < std::min(approved.files.size(), now.files.size()); ++i) {
        const SavedPlan::File& then = approved.files[i];
        const SavedPlan::File& here = now.files[i];
        if (then.bytes != here.bytes)
            found.add(joined(printable(here.name), ": ", counted(then.bytes, "byte"), " approved, ",
                             grouped(here.bytes), " now"));
        else if (then.fingerprint != here.fingerprint)
            found.add(joined(printable(here.name),
                             ": the same size, but another content than was "
                             "approved"));
    }
}

// "/defaults/sequence_id" of the JSON as "sequence_id". No options at all are flattened to one
// without a name.
std::string option_name(const std::string& pointer) {
    if (pointer.empty())
        return "of any name";
    std::string name = pointer.substr(1);
    constexpr std::string_view defaults = "defaults/";
    if (name.starts_with(defaults))
        name.erase(0, defaults.size());
    return name;
}

void compare_options(const SavedPlan& approved, const SavedPlan& now, Differences& found) {
    const Json then = Json::parse(approved.options).flatten();
    const Json here = Json::parse(now.options).flatten();
    std::set<std::string> names;
    for (const Json* one : {&then, &here}) {
        for (const auto& [name, value] : one->items())
            names.insert(name);
    }
    const auto shown = [](const Json& json, const std::string& name) {
        const auto value = json.find(name);
        return value == json.end() ? std::string("nothing") : printable(on_one_line(*value));
    };
    for (const std::string& name : names) {
        if (shown(then, name) != shown(here, name))
            found.add(joined("option ", printable(option_name(name)), ": ", shown(then, name),
                             " approved, ", shown(here, name), " now"));
    }
}

void compare_targets(const SavedPlan& approved, const SavedPlan& now, Differences& found) {
    found.compare("targets", approved.targets_in_all, now.targets_in_all);
    std::map<std::string, std::pair<const SavedPlan::TargetCounts*, const SavedPlan::TargetCounts*>>
        both;
    for (const auto& target : approved.targets)
        both[target.target].first = &target;
    for (const auto& target : now.targets)
        both[target.target].second = &target;
    for (const auto& [target, counts] : both) {
        const auto& [then, here] = counts;
        if (then == nullptr || here == nullptr) {
            found.add(joined("target ", printable(target), ": ",
                             then == nullptr ? "not approved" : "approved, and not there now"));
            continue;
        }
        const std::string what = joined("target ", printable(target), ": ");
        found.compare(what + "contacts", then->contacts, here->contacts);
        found.compare(what + "labels", then->labels, here->labels);
        found.compare(what + "requests", then->requests, here->requests);
    }
}

}  // namespace

std::string shaping_options(const PlanOptions& options) {
    return on_one_line(plan_options_json(options));
}

SavedPlan saved_plan_of(const PlannedInput& input, const PlanOptions& options, std::string digest,
                        WallTime now) {
    const plan::Planner& planner = input.planner();
    SavedPlan saved{.made_by = "seqload " SEQLOAD_VERSION,
                    .made_at = now,
                    .files = {},
                    .options = shaping_options(options),
                    .totals = planner.totals(),
                    .targets_in_all = 0,
                    .targets = {},
                    .requests = planner.requests(),
                    .digest = std::move(digest)};
    for (const state::InputFile& file : input.recorded_files())
        saved.files.push_back({file.name, file.bytes, file.fingerprint, file.rows});
    std::vector<TargetIndex> indexes;
    for (TargetIndex i = 0; i < planner.target_count(); ++i) {
        if (planner.load(i).requests > 0)
            indexes.push_back(i);
    }
    saved.targets_in_all = indexes.size();
    const auto rows = [&](TargetIndex index) {
        const plan::TargetLoad load = planner.load(index);
        return std::uint64_t{load.contact_rows} + load.label_rows;
    };
    std::ranges::stable_sort(indexes, std::greater{}, rows);
    indexes.resize(std::min(indexes.size(), SavedPlan::most_targets));
    for (const TargetIndex index : indexes) {
        const plan::TargetLoad load = planner.load(index);
        saved.targets.push_back({on_one_line(target_json(input.targets()[index], input.targets())),
                                 load.contact_rows, load.label_rows, load.requests});
    }
    return saved;
}

std::string to_json_text(const SavedPlan& plan) {
    Json json;
    json["format"] = format_name;
    json["version"] = format_version;
    json["made_by"] = plan.made_by;
    json["made_at"] = to_text(plan.made_at);
    json["input"] = files_json(plan.files);
    json["options"] = Json::parse(plan.options);
    json["rows"] = {{"total", plan.totals.rows},
                    {"to_send", plan.totals.to_send},
                    {"duplicate", plan.totals.duplicate},
                    {"excluded", plan.totals.excluded},
                    {"invalid", plan.totals.invalid}};
    json["targets_in_all"] = plan.targets_in_all;
    json["targets"] = targets_json(plan.targets);
    json["requests"] = plan.requests;
    json["digest"] = plan.digest;
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<SavedPlan> read_saved_plan(std::string_view text, const std::string& file_name) {
    try {
        const Json json = parsed(text);
        if (!json.is_object() || json.value("format", "") != format_name)
            return no_plan(file_name, "`seqload plan --save` did not write it");
        if (json.value("version", Json()) != format_version)
            return no_plan(file_name, "another version of seqload wrote it");
        return plan_in(json);
    } catch (const std::exception& trouble) {
        return no_plan(file_name, printable(trouble.what()));
    }
}

std::vector<std::string> differences(const SavedPlan& approved, const SavedPlan& now) {
    Differences found;
    compare_files(approved, now, found);
    compare_options(approved, now, found);
    found.compare("rows", approved.totals.rows, now.totals.rows);
    found.compare("rows to send", approved.totals.to_send, now.totals.to_send);
    found.compare("duplicate rows", approved.totals.duplicate, now.totals.duplicate);
    found.compare("excluded rows", approved.totals.excluded, now.totals.excluded);
    found.compare("invalid rows", approved.totals.invalid, now.totals.invalid);
    compare_targets(approved, now, found);
    found.compare("requests", approved.requests, now.requests);
    if (found.empty() && approved.digest != now.digest)
        found.add("as many rows, but not the same ones: has an --exclude list changed?");
    return std::move(found).all();
}

Result<PlanOptions> options_for(const SavedPlan& approved, PlanOptions given,
                                const std::string& file_name) {
    try {
        const Json plan = merged(Json::parse(approved.options), plan_options_json(given),
                                 plan_options_json(PlanOptions()));
        PlanOptions options = plan_options_in(plan, given.read.now);
        options.files = std::move(given.files);
        if (options.files.empty()) {
            for (const SavedPlan::File& file : approved.files)
                options.files.push_back(file.name == "(standard input)" ? "-" : file.name);
        }
        options.limits = given.limits;
        options.read.names = std::move(given.read.names);
        options.json = given.json;
        options.quiet = given.quiet;
        return options;
    } catch (const std::exception& trouble) {
        return no_plan(file_name, printable(trouble.what()));
    }
}

}  // namespace seqload::app

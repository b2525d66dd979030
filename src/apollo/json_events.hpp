#pragma once

// What the readers by events share: where in the document they are, how deep
// they may go, and scalars as text. A number is its digits, for 24 of them are
// an id to us.

#include "seqload/apollo/add_answer.hpp"
#include "seqload/apollo/read_json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

// Place: an enum of what the reader tells apart. Takes one document; false from
// an event means that the reading must end.
template <class Place>
class JsonEvents : public JsonListener {
public:
    // Reads all of the document into this. Otherwise says why that cannot be done.
    std::optional<std::string> read(std::string_view document) {
        // One level more: what is too deep is complained of by name.
        const JsonReading reading = read_json(document, *this, answer_depth_limit + 1);
        if (reading.end == JsonEnd::broken)
            return "broken JSON at byte " + std::to_string(reading.byte);
        if (reading.end == JsonEnd::refused)
            return complaint_.empty() ? "not a JSON object" : complaint_;
        return std::nullopt;
    }

    void key(std::string_view name) final { key_ = name; }

protected:
    explicit JsonEvents(Place outermost) : places_{outermost} {}

    Place place() const { return places_.back(); }

    // The last key read in the innermost object.
    const std::string& last_key() const { return key_; }

    // Goes into an object or array; false: too deep.
    bool enter(Place inner) {
        if (places_.size() > answer_depth_limit) {
            complaint_ =
                "JSON nested deeper than " + std::to_string(answer_depth_limit) + " levels";
            return false;
        }
        places_.push_back(inner);
        return true;
    }

    void leave() { places_.pop_back(); }

private:
    std::vector<Place> places_;
    std::string key_;
    std::string complaint_;
};

}  // namespace seqload::apollo

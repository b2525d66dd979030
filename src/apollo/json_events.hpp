#pragma once

// What the readers by events share: where in the document they are, how deep
// they may go, and scalars as text. A number is its digits, for 24 of them are
// an id to us.

#include "seqload/apollo/add_answer.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::apollo {

// Place: an enum of what the reader tells apart. Takes one document; false from
// an event means that the reading must end.
template <class Place>
class JsonEvents : public nlohmann::json_sax<nlohmann::json> {
public:
    // Why an event answered false; empty if none did, or if it is no object.
    const std::string& complaint() const { return complaint_; }

    bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
    bool number_float(number_float_t /*value*/, const string_t& digits) override {
        return scalar(digits);
    }
    bool string(string_t& value) override { return scalar(value); }
    bool binary(binary_t& /*value*/) override { return false; }

    bool key(string_t& name) override {
        key_ = name;
        return true;
    }

    // The same from who need not own what he tells.
    bool text(std::string_view value) { return scalar(value); }
    void name(std::string_view key) { key_ = key; }

    bool parse_error(std::size_t position, const std::string& /*last_token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        if (complaint_.empty())
            complaint_ = "broken JSON at byte " + std::to_string(position);
        return false;
    }

protected:
    explicit JsonEvents(Place outermost) : places_{outermost} {}

    // A text or a number.
    virtual bool scalar(std::string_view text) = 0;

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

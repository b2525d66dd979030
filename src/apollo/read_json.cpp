#include "seqload/apollo/read_json.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include <boost/json/basic_parser_impl.hpp>

namespace seqload::apollo {

namespace {

namespace json = boost::json;

// What Boost's parser asks of its handler. It hands over a text in parts where there are
// escapes in it.
class Handler {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    explicit Handler(JsonListener& listener) : listener_(&listener) {}

    bool refused() const { return refused_; }

    bool on_document_begin(json::error_code& /*error*/) { return true; }
    bool on_document_end(json::error_code& /*error*/) { return true; }

    bool on_object_begin(json::error_code& error) {
        return go_on(listener_->start_object(), error);
    }
    bool on_object_end(std::size_t /*members*/, json::error_code& /*error*/) {
        listener_->end_object();
        return true;
    }
    bool on_array_begin(json::error_code& error) { return go_on(listener_->start_array(), error); }
    bool on_array_end(std::size_t /*elements*/, json::error_code& /*error*/) {
        listener_->end_array();
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t /*so_far*/, json::error_code& /*error*/) {
        return keep(part);
    }
    bool on_key(json::string_view rest, std::size_t /*size*/, json::error_code& /*error*/) {
        listener_->key(whole(rest));
        parts_.clear();
        return true;
    }

    bool on_string_part(json::string_view part, std::size_t /*so_far*/,
                        json::error_code& /*error*/) {
        return keep(part);
    }
    bool on_string(json::string_view rest, std::size_t /*size*/, json::error_code& error) {
        return tell_scalar(rest, error);
    }

    bool on_number_part(json::string_view part, json::error_code& /*error*/) { return keep(part); }
    bool on_int64(std::int64_t /*value*/, json::string_view rest, json::error_code& error) {
        return tell_scalar(rest, error);
    }
    bool on_uint64(std::uint64_t /*value*/, json::string_view rest, json::error_code& error) {
        return tell_scalar(rest, error);
    }
    bool on_double(double /*value*/, json::string_view rest, json::error_code& error) {
        return tell_scalar(rest, error);
    }

    bool on_bool(bool value, json::error_code& error) {
        return go_on(listener_->boolean(value), error);
    }
    bool on_null(json::error_code& error) { return go_on(listener_->null(), error); }

    // The parser is told to take no comments.
    bool on_comment_part(json::string_view /*part*/, json::error_code& /*error*/) { return true; }
    bool on_comment(json::string_view /*rest*/, json::error_code& /*error*/) { return true; }

private:
    bool keep(json::string_view part) {
        parts_.append(part.data(), part.size());
        return true;
    }

    std::string_view whole(json::string_view rest) {
        if (parts_.empty())
            return {rest.data(), rest.size()};
        keep(rest);
        return parts_;
    }

    bool tell_scalar(json::string_view rest, json::error_code& error) {
        const bool goes_on = listener_->scalar(whole(rest));
        parts_.clear();
        return go_on(goes_on, error);
    }

    bool go_on(bool goes_on, json::error_code& error) {
        if (!goes_on) {
            refused_ = true;
            error = json::make_error_code(json::error::syntax);  // any: it is not looked at
        }
        return goes_on;
    }

    JsonListener* listener_;
    std::string parts_;
    bool refused_ = false;
};

}  // namespace

JsonReading read_json(std::string_view document, JsonListener& listener, std::size_t deepest) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    const std::size_t passed_over =
        document.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const std::string_view text = document.substr(passed_over);

    json::parse_options options;
    options.max_depth = deepest;
    json::basic_parser<Handler> parser(options, listener);
    json::error_code error;
    const std::size_t taken = parser.write_some(false, text.data(), text.size(), error);
    if (parser.handler().refused())
        return {.end = JsonEnd::refused};
    if (error || taken < text.size())
        return {.end = JsonEnd::broken, .byte = passed_over + taken + 1};
    return {};
}

}  // namespace seqload::apollo

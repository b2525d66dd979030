#pragma once

// JSON by events, for large answers of which little is wanted: no tree is built, and
// nothing is kept.

#include <cstddef>
#include <optional>
#include <string_view>

namespace seqload::apollo {

// Told of a document as it is read, in order. Texts are valid during the call only.
// Whoever answers false ends the reading.
class JsonListener {
public:
    virtual ~JsonListener() = default;

    virtual bool null() = 0;
    virtual bool boolean(bool value) = 0;
    // A text, unescaped, or a number by its digits as they stand there.
    virtual bool scalar(std::string_view text) = 0;
    virtual bool start_object() = 0;
    virtual void key(std::string_view name) = 0;
    virtual void end_object() = 0;
    virtual bool start_array() = 0;
    virtual void end_array() = 0;

protected:
    JsonListener() = default;
    JsonListener(const JsonListener&) = default;
    JsonListener& operator=(const JsonListener&) = default;
};

enum class JsonEnd : unsigned char {
    whole,    // one document (RFC 8259, in valid UTF-8), and all of it told
    refused,  // the listener answered false
    broken,
};

struct JsonReading {
    JsonEnd end = JsonEnd::whole;
    std::size_t byte = 0;  // counted from 1, where it is broken: the first that cannot follow
};

// A byte order mark before it is passed over. A number that is beyond a double is broken.
// The listener is not told of what is nested deeper than deepest; that is broken, too.
JsonReading read_json(std::string_view document, JsonListener& listener, std::size_t deepest);

}  // namespace seqload::apollo

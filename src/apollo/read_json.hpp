#pragma once

// Tells a JSON document to events: by the way that is fast where it can, by
// nlohmann's parser where that leaves any doubt.

#include "seqload/apollo/json_skimmer.hpp"

#include <string_view>

#include <nlohmann/json.hpp>

namespace seqload::apollo {

// Events: a final class made of JsonEvents to which nothing has been told. False: the document
// is broken, or the events refused it.
template <class Events>
bool read_json(std::string_view body, Events& events) {
    const Events untold = events;
    if (JsonSkimmer<Events>(body, events).read())
        return true;
    events = untold;
    return nlohmann::json::sax_parse(body, &events);
}

}  // namespace seqload::apollo

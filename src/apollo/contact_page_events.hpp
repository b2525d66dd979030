#pragma once

// The events of a JSON parser over a page of contacts. The outline, as far as it
// matters (openapi.json, search-for-contacts):
//
//   { "contacts": [ { "id": … }, … ], "partial_results_only": …,
//     "pagination": { "page": …, "per_page": …, "total_entries": …, "total_pages": … } }
//
// Every other value is passed over, with all that is in it: it has ids, too.

#include "json_events.hpp"
#include "seqload/apollo/label_contacts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::apollo {

// What the parser is inside of.
enum class ContactPagePlace : std::uint8_t {
    document,
    answer,
    contacts,
    contact,
    pagination,
    elsewhere,
};

class ContactPageEvents final : public JsonEvents<ContactPagePlace> {
public:
    ContactPageEvents() : JsonEvents(ContactPagePlace::document) {}

    bool null() override;
    bool boolean(bool value) override;
    bool start_object() override;
    void end_object() override;
    bool start_array() override;
    void end_array() override;

    // What the document said, or what was missing in it; call once, after its end.
    std::expected<ContactPage, std::string> take();

private:
    using Place = ContactPagePlace;

    bool scalar(std::string_view text) override;
    bool no_scalar();
    void add(std::string_view id);

    ContactPage page_;
    bool lists_contacts_ = false;
    std::string id_;  // of the contact that is being read
    std::optional<std::uint64_t> page_number_, per_page_, total_entries_, total_pages_;
};

}  // namespace seqload::apollo

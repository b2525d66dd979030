#include "contact_page_events.hpp"

#include "json_values.hpp"
#include "seqload/base/text.hpp"

#include <utility>

namespace seqload::apollo {

bool ContactPageEvents::null() {
    return no_scalar();
}

bool ContactPageEvents::boolean(bool value) {
    if (place() == Place::answer && last_key() == "partial_results_only")
        page_.partial = value;
    return no_scalar();
}

bool ContactPageEvents::start_object() {
    switch (place()) {
        case Place::document:
            return enter(Place::answer);
        case Place::answer:
            return enter(last_key() == "pagination" ? Place::pagination : Place::elsewhere);
        case Place::contacts:
            id_.clear();
            return enter(Place::contact);
        default:
            return enter(Place::elsewhere);
    }
}

void ContactPageEvents::end_object() {
    if (place() == Place::contact)
        add(id_);
    leave();
}

bool ContactPageEvents::start_array() {
    if (place() == Place::document)
        return false;
    const bool is_list = place() == Place::answer && last_key() == "contacts";
    lists_contacts_ |= is_list;
    page_.unreadable += place() == Place::contacts ? 1 : 0;
    return enter(is_list ? Place::contacts : Place::elsewhere);
}

void ContactPageEvents::end_array() {
    leave();
}

bool ContactPageEvents::scalar(std::string_view text) {
    switch (place()) {
        case Place::document:
            return false;
        case Place::contacts:
            add(text);
            break;
        case Place::contact:
            if (last_key() == "id")
                id_ = text;
            break;
        case Place::pagination:
            if (last_key() == "page")
                page_number_ = number_in_text(text);
            if (last_key() == "per_page")
                per_page_ = number_in_text(text);
            if (last_key() == "total_entries")
                total_entries_ = number_in_text(text);
            if (last_key() == "total_pages")
                total_pages_ = number_in_text(text);
            break;
        default:
            break;
    }
    return true;
}

// A null or a boolean: nothing that could be an id or a number.
bool ContactPageEvents::no_scalar() {
    page_.unreadable += place() == Place::contacts ? 1 : 0;
    return place() != Place::document;
}

void ContactPageEvents::add(std::string_view id) {
    if (const auto contact = Id::parse(trimmed(id)))
        page_.contacts.push_back(*contact);
    else
        ++page_.unreadable;
}

std::expected<ContactPage, std::string> ContactPageEvents::take() {
    if (!lists_contacts_)
        return std::unexpected<std::string>("JSON without contacts");
    const auto pagination = pagination_from(page_number_, per_page_, total_entries_, total_pages_);
    if (!pagination)
        return std::unexpected<std::string>("contacts without the number of their pages");
    page_.pagination = *pagination;
    return std::move(page_);
}

}  // namespace seqload::apollo

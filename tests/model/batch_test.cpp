#include "seqload/model/batch.hpp"

#include <doctest/doctest.h>

using namespace seqload;

TEST_CASE("a contact in waiting takes 16 bytes") {
    static_assert(sizeof(ContactRow) == 16);
}

TEST_CASE("a batch has the size of what it carries") {
    Batch contacts;
    contacts.contacts = {{1, Id()}, {2, Id()}};
    CHECK_FALSE(contacts.is_label());
    CHECK(contacts.size() == 2);

    Batch labels;
    labels.labels = {{3, "a"}};
    CHECK(labels.is_label());
    CHECK(labels.size() == 1);

    CHECK(Batch().size() == 0);
    CHECK(contacts != labels);
}

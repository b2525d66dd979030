#include "seqload/app/question_text.hpp"

#include <string>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

std::string question(const Reach& reach) {
    return question_text({.requests = 12, .canary_first = false, .reach = reach, .host = "host"});
}

}  // namespace

TEST_CASE("the question names requests, rows and host") {
    CHECK(question({.rows = 250, .people = 250}) == "Send 12 requests for 250 rows to host?");
    CHECK(question_text({.requests = 1, .canary_first = true, .reach = {.rows = 1}, .host = "h"}) ==
          "Send 1 request, the canary first, for 1 row to h?");
}

TEST_CASE("the question says whom labels reach, as far as anyone knows") {
    CHECK(question({.rows = 3, .labels = 2, .people = 250, .exact = false}) ==
          "Send 12 requests for 3 rows, which reach up to 250 contacts, to host?");
    CHECK(question({.rows = 3, .labels = 2, .people = 250}) ==
          "Send 12 requests for 3 rows, which reach 250 contacts, to host?");
    CHECK(question({.rows = 3, .labels = 2, .people = 152, .uncounted = 1, .exact = false}) ==
          "Send 12 requests for 3 rows, which reach up to 151 contacts and those of 1 label that "
          "was not counted, to host?");
    CHECK(question({.rows = 2, .labels = 2, .people = 2, .uncounted = 2, .exact = false}) ==
          "Send 12 requests for 2 rows, 2 labels that were not counted, to host?");
    CHECK(question({.rows = 3, .labels = 2, .people = 3, .uncounted = 2, .exact = false}) ==
          "Send 12 requests for 3 rows, with 2 labels that were not counted, to host?");
}

}  // namespace seqload::app

#include "seqload/report/window_use.hpp"

#include "report/sent_batches.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace seqload;
using report::WindowSpan;
using report::WindowUse;
using test::at_ms;

TEST_CASE("a window opens with the first request after the last one ended") {
    WindowUse use(Window::minute, 3);
    for (const std::int64_t second : {0, 10, 59, 60, 130})
        use.see(at_ms(second * 1'000));
    REQUIRE(use.spans().size() == 3);
    CHECK(use.spans()[0] == WindowSpan{at_ms(0), at_ms(60'000), 3});
    CHECK(use.spans()[1] == WindowSpan{at_ms(60'000), at_ms(120'000), 1});
    CHECK(use.spans()[2] == WindowSpan{at_ms(130'000), at_ms(190'000), 1});
    CHECK(use.windows() == 3);
    CHECK(use.used_up() == 1);
    CHECK(use.fullest() == 3);
}

TEST_CASE("under a scale of time a window is as much shorter") {
    WindowUse use(Window::minute, 3, 60);
    use.see(at_ms(0));
    use.see(at_ms(999));
    use.see(at_ms(1'000));
    CHECK(use.windows() == 2);
}

TEST_CASE("many windows are drawn together, the fullest of them showing") {
    WindowUse use(Window::minute, 10);
    for (std::int64_t window = 0; window < 1'000; ++window) {
        for (int request = 0; request < (window == 500 ? 7 : 2); ++request)
            use.see(at_ms(window * 60'000 + request));
    }
    CHECK(use.windows() == 1'000);
    CHECK(use.spans().size() <= WindowUse::most_spans);
    CHECK(use.fullest() == 7);
    CHECK(std::ranges::count(use.spans(), 7U, &WindowSpan::used) == 1);
    CHECK(use.spans().front().from == at_ms(0));
    CHECK(use.spans().back().to == at_ms(1'000 * 60'000));
    CHECK(std::ranges::is_sorted(use.spans(), {}, &WindowSpan::from));
}

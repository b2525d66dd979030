#include "seqload/base/descriptor.hpp"

#include <utility>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

using seqload::Descriptor;

namespace {

Descriptor opened() {
    return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

bool is_open(int number) {
    return ::fcntl(number, F_GETFD) >= 0;
}

}  // namespace

TEST_CASE("a descriptor is closed at its end, and not before") {
    int number = -1;
    {
        const Descriptor descriptor = opened();
        number = descriptor.get();
        CHECK(is_open(number));
    }
    CHECK(number >= 0);
    CHECK_FALSE(is_open(number));
}

TEST_CASE("a descriptor that is moved has one owner, and what that one had before is closed") {
    Descriptor first = opened();
    Descriptor second = opened();
    const int numbers[] = {first.get(), second.get()};
    {
        const Descriptor taken = std::exchange(second, std::move(first));
        CHECK(second.get() == numbers[0]);
        CHECK(taken.get() == numbers[1]);
    }
    CHECK(is_open(numbers[0]));
    CHECK_FALSE(is_open(numbers[1]));
}

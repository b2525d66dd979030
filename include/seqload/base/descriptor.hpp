#pragma once

namespace seqload {

// A file descriptor, closed at the end.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    // -1: none.
    int get() const { return number_; }

private:
    int number_ = -1;
};

}  // namespace seqload

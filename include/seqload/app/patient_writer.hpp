#pragma once

// Standard error where it is no terminal: a pipe whose reader has stopped reading must not
// hold up a run that has requests in flight. What nobody takes in time is left out, and the
// next text that gets through says so.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace seqload::app {

class PatientWriter {
public:
    // The line that says how many are missing, with its line feed.
    using Remark = std::function<std::string(std::uint64_t lines)>;

    // patience: how long a text waits; only the first that is left out waits at all.
    PatientWriter(int descriptor, std::chrono::milliseconds patience, Remark remark)
        : descriptor_(descriptor), patience_(patience), remark_(std::move(remark)) {}

    void remark_with(Remark remark) { remark_ = std::move(remark); }

    // Whole lines. A signal ends the waiting. Other errors are passed over: there is nobody
    // to tell them to.
    void write(std::string_view text);

    // Lines that were left out, or cut, and not told of yet.
    std::uint64_t left_out() const { return left_out_; }

private:
    bool takes_something() const;
    std::string_view write_what_it_takes(std::string_view text);

    int descriptor_;
    std::chrono::milliseconds patience_;
    Remark remark_;
    std::uint64_t left_out_ = 0;
    bool in_line_ = false;  // the line that was cut is still open
};

}  // namespace seqload::app

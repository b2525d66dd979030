#pragma once

namespace seqload::app {

// Descriptors 0, 1 and 2 that whoever started this process left closed are taken, and stay
// as unusable as they were: reading or writing them fails. Otherwise the next file or
// connection would get that number, and what is said to a person would go into it.
// To be called before anything is opened.
void take_closed_standard_streams();

}  // namespace seqload::app

#pragma once

// The terminal codes that keep a block of lines at the end of what a terminal shows,
// redrawn where it stands. Pure: whoever holds the terminal writes what this says.
//
// Between two frames the cursor stands at the beginning of the block. A terminal that
// breaks lines anew when it is made narrower takes the cursor along with the line it is in,
// so whatever has become of the block, all of it is still what comes after the cursor.

#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

class BlockFrames {
public:
    // Puts the lines in place of the last ones. Empty: these stand there already. anew: draws
    // them even then, for the terminal has changed.
    std::string draw(std::vector<std::string> lines, bool anew = false);

    // Text as it comes, and the block below it again.
    std::string above(std::string_view text);

    // Takes the block away; what comes next begins where it began. Empty: there is none.
    std::string erase();

private:
    std::string frame() const;

    std::vector<std::string> lines_;  // as they stand there; none: no block
    bool line_is_open_ = false;       // a text above has not ended its line
};

}  // namespace seqload::app

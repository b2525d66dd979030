#pragma once

// Standard error, of which a process has one: texts that stay, and below them, on a
// terminal, a block of lines that is redrawn. Of the thread that runs the loop.

#include "seqload/app/block_frames.hpp"
#include "seqload/app/patient_writer.hpp"
#include "seqload/app/status_block.hpp"
#include "seqload/app/terminal_manners.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seqload::app {

// "3 lines left out here: …", for whoever reads it again (PatientWriter).
std::string left_out_message(std::uint64_t lines);

class StandardError {
public:
    // The one of this process. It begins without manners: plain lines.
    static StandardError& of_process();

    StandardError(const StandardError&) = delete;
    StandardError& operator=(const StandardError&) = delete;

    void behave(const TerminalManners& manners) { manners_ = manners; }
    const TerminalManners& manners() const { return manners_; }

    // In place of a line of text.
    void tell_left_out_as(PatientWriter::Remark remark) {
        elsewhere_.remark_with(std::move(remark));
    }

    // What the terminal has room for now.
    BlockShape shape() const;

    // Above the block, if one is drawn. Waits for a terminal that takes nothing, but no longer
    // than a few seconds for anything else (PatientWriter).
    void say(std::string_view text);

    // Draws the block, unless the terminal would have to be waited for, somebody holds it,
    // or it is another process's turn (this one is in the background).
    void draw(std::vector<std::string> lines);

    // Takes the block away. Waits for a terminal that takes nothing.
    void erase();

    // The same for a process that ends at once: waits for nothing.
    void erase_if_possible();

    // No block as long as this is alive: a line is being typed.
    class Hold {
    public:
        Hold();
        ~Hold();
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
    };

private:
    StandardError();

    void write_now(std::string_view bytes);
    void write_what_it_takes();
    bool is_ready();

    TerminalManners manners_;
    bool is_terminal_;
    PatientWriter elsewhere_;  // where it is none
    BlockFrames frames_;
    BlockShape drawn_for_;
    std::string unwritten_;  // the rest of a frame of which the terminal has taken a part
    int terminal_ = -1;      // which never blocks; -1: not opened yet, or cannot be
    bool opened_ = false;
    int held_ = 0;
};

}  // namespace seqload::app

#include "seqload/manual/generated_page.hpp"

#include "seqload/manual/bash_completion.hpp"
#include "seqload/manual/fish_completion.hpp"
#include "seqload/manual/zsh_completion.hpp"

namespace seqload::manual {

std::optional<std::string> generated_page(std::string_view kind, const ProgramDescription& program,
                                          const ManualNotes& notes) {
    if (kind == "man")
        return manual_page(program, notes);
    if (kind == "bash")
        return bash_completion(program);
    if (kind == "zsh")
        return zsh_completion(program);
    if (kind == "fish")
        return fish_completion(program);
    return std::nullopt;
}

}  // namespace seqload::manual

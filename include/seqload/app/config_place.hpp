#pragma once

// Which configuration file is in force, and whether it may be trusted.
//
// A configuration can name the host that the key is sent to. So one that others
// could have written is refused: any that everybody may write, and, at the places
// where it is looked for unasked, one that belongs neither to the user nor to root.

#include "seqload/app/variables.hpp"
#include "seqload/base/error.hpp"

#include <optional>
#include <string>

namespace seqload::app {

struct ConfigText {
    std::string name;  // its path, as it is shown
    std::string text;
};

// named: what --config or SEQLOAD_CONFIG say. Without it, the first that is there of
// ./seqload.toml and $XDG_CONFIG_HOME/seqload/config.toml (~/.config/…). nullopt: there
// is none, or the name is empty. Errors are of kind usage.
Result<std::optional<ConfigText>> find_config(const std::optional<std::string>& named,
                                              const Variables& variables);

}  // namespace seqload::app

#pragma once

// The catalogue as `seqload explain` shows it. Pure; nothing is wider than 80 columns.

#include "seqload/model/catalogue.hpp"

#include <span>
#include <string>

namespace seqload::app {

// Each in full: what it means, whether sending again can help, what to do.
std::string explanations_text(std::span<const Explanation* const> explanations);

// Each in a few words, under its subject.
std::string catalogue_text(std::span<const Explanation* const> explanations);

// An array of objects with subject, word, status, meaning, again, option, next and
// command; what there is not is null.
std::string explanations_json(std::span<const Explanation* const> explanations);

}  // namespace seqload::app

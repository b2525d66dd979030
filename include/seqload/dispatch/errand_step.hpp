#pragma once

// What to do with an errand after a try. Pure.
//
//   try ended as                                   | attempts left | none left
//   -----------------------------------------------+---------------+----------
//   understood                                     | settle        | settle
//   not_understood, server_fault, answer_lost,     | retry         | give_up
//   never_left                                     |               |
//   rate_limited                                   | wait for the window, which is no
//                                                  | attempt
//   batch_rejected, request_rejected,              | refuse        | refuse
//   target_unusable                                |               |
//   key_refused                                    | stop the run

#include "seqload/dispatch/next_step.hpp"

#include <cstdint>
#include <string_view>

namespace seqload::dispatch {

enum class ErrandStep : std::uint8_t { settle, retry, give_up, wait_for_window, refuse, stop_run };

std::string_view name(ErrandStep step);

// attempts_made: this try included, if it counts as one.
ErrandStep errand_step(TryEnd end, std::uint32_t attempts_made, std::uint32_t attempts_allowed);

}  // namespace seqload::dispatch

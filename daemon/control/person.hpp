// SPDX-License-Identifier: Apache-2.0
//
// The person's words as they come over the API, as the engine's events; and its refusals as
// sentences. What is refused here is malformed; what is only untimely is left to the engine, except
// that an unnamed kind must be found.
#pragma once

#include <string>
#include <variant>

#include "control/connect.hpp"
#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/snapshot.hpp"
#include "nape/v1/control.pb.h"

namespace nape::control {

using Word = std::variant<Event, Problem>;

Word word_of(const v1::BreakRequest& request, const Snapshot& snapshot);
Word word_of(const v1::PauseRequest& request);
Word word_of(const v1::WasRequest& request);

/// Why the engine did not do it.
Problem problem_of(const Refused& refused, const Snapshot& snapshot);

}  // namespace nape::control

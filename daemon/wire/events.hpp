// SPDX-License-Identifier: Apache-2.0
//
// The edge at which the plugins' protobuf ends: what a frame tells about the person, as the
// engine's events. No judgement here.
#pragma once

#include <vector>

#include "core/event.hpp"

namespace nape::v1 {
class Observation;
}

namespace nape::wire {

/// What the engine is to be told, in order; nothing for frames that are not about the person. A
/// window's category is left open: rules know it, plugins do not.
std::vector<Event> events_of(const v1::Observation& frame);

}  // namespace nape::wire

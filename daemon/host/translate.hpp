// SPDX-License-Identifier: Apache-2.0
//
// The edge at which protobuf ends: frames become the engine's events and plain answers, plain
// directives become frames. No judgement here; what comes in has passed FrameGate.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/event.hpp"
#include "host/plugin_directive.hpp"
#include "host/plugin_status.hpp"

namespace nape::v1 {
class Answer;
class Health;
class Observation;
}  // namespace nape::v1

namespace nape::host {

/// The kind of sensor that this frame speaks for.
std::optional<SensorKind> sensor_of(const v1::Observation& frame);

/// None for a health frame that names no kind, as actuators send.
std::optional<std::pair<SensorKind, Sense>> sense_of(const v1::Health& health);

/// None for an answer without content.
std::optional<Answer> answer_of(const v1::Answer& answer);

/// The sensor that a capability of a Hello promises: "input" does, "input.counts" only qualifies.
std::optional<SensorKind> sensor_named(std::string_view capability);

/// Length and message, ready to be written.
std::string frame_of(const Directive& directive);
std::string ping_frame(std::uint64_t id);

}  // namespace nape::host

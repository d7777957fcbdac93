// SPDX-License-Identifier: Apache-2.0
//
// The person's words, lost sensors and the daemon's restarts as lines of a scenario, without their
// offsets: what parse_action reads.
#pragma once

#include <optional>
#include <string>

#include "core/event.hpp"
#include "scenario/scenario.hpp"

namespace nape::scenario {

std::optional<std::string> line_text(const word::Start& word);
std::optional<std::string> line_text(const word::Postpone& word);
std::optional<std::string> line_text(const word::Skip& word);
std::optional<std::string> line_text(const word::Exit& word);
std::optional<std::string> line_text(const word::Pause& word);
std::optional<std::string> line_text(const word::Resume& word);
std::optional<std::string> line_text(const word::Was& word);
std::optional<std::string> line_text(const word::Reading& word);
std::optional<std::string> line_text(const word::Desk& word);
/// Not a frame of its own: health is what a plugin says of itself, this is what the daemon makes of
/// all of them.
std::optional<std::string> line_text(const SensorHealth& health);
std::string line_text(const Restart& restart);

/// Nothing else is a line.
template <class Other>
std::optional<std::string> line_text(const Other&) {
  return std::nullopt;
}

}  // namespace nape::scenario

// SPDX-License-Identifier: Apache-2.0
//
// What happened, as replay tells it: one line an event, the fields of design section 12. The same
// lines are printed as JSON, printed for people, and compared with a scenario's expectations.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/zone.hpp"
#include "core/effect.hpp"
#include "core/time.hpp"

namespace nape::scenario {

struct EventLine {
  /// When the engine knew.
  Instant at;
  /// Since the start of the replay.
  Duration offset{};
  std::string_view event;
  /// Names and JSON values.
  std::vector<std::pair<std::string_view, std::string>> fields;

  std::string json(const calendar::Zone& zone) const;
  std::string text(const calendar::Zone& zone) const;
};

/// The effects that are events for people, in order. `start` is where offsets count from.
std::vector<EventLine> lines_of(const Instant& start, const Instant& at, const Effects& effects);

/// Milliseconds as JSON seconds: 300, 300.001.
std::string json_seconds(Duration duration);

}  // namespace nape::scenario

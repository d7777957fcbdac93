// SPDX-License-Identifier: Apache-2.0
//
// One thing that happens at one moment of a replay, and where such things come from.
#pragma once

#include <optional>

#include "core/result.hpp"
#include "core/time.hpp"
#include "scenario/scenario.hpp"

namespace nape::scenario {

/// Nothing longer than a moment is in `action`: an Active arrives as its tallies, a Sleep as its
/// two ends.
struct Moment {
  Instant at;
  std::variant<Event, StepClock, Restart, Kill, UsePolicy> action;
};

/// Moments in order. After the last one comes the end of time.
class MomentSource {
 public:
  virtual ~MomentSource() = default;
  virtual Result<std::optional<Moment>> next() = 0;
  /// The first moment; before it there is nothing.
  virtual Instant start() const = 0;
  /// The last; known when next() has given everything.
  virtual Instant end() const = 0;
  virtual const std::string& zone() const = 0;
};

}  // namespace nape::scenario

// SPDX-License-Identifier: Apache-2.0
//
// A scenario as moments: spans of activity become tallies, one a second, merged with the other
// lines by time and, at equal times, in the order written.
#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "scenario/moment.hpp"

namespace nape::scenario {

class Timeline : public MomentSource {
 public:
  /// `scenario` outlives this.
  explicit Timeline(const Scenario& scenario);

  Result<std::optional<Moment>> next() override;
  Instant start() const override { return {BootTime{}, scenario_.start}; }
  Instant end() const override;
  const std::string& zone() const override { return scenario_.zone; }

 private:
  /// The next thing that a line does.
  struct Due {
    Duration at;
    std::size_t line;
    /// The second end of a sleep.
    bool closing = false;
    bool operator>(const Due& other) const {
      if (at != other.at) return at > other.at;
      // A sleep ends before anything else can happen at its end.
      if (closing != other.closing) return other.closing;
      return line > other.line;
    }
  };

  std::optional<Moment> moment_of(const Due& due);
  Instant instant(Duration offset) const {
    return {BootTime(offset), scenario_.start + offset + stepped_};
  }

  const Scenario& scenario_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  /// How far the wall clock has been stepped so far.
  Duration stepped_{};
  Duration asleep_until_ = Duration::min();
  Duration end_{};
};

}  // namespace nape::scenario

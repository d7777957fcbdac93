// SPDX-License-Identifier: Apache-2.0
#include "cli/watching.hpp"

#include <algorithm>
#include <cmath>

namespace nape::cli {
namespace {

constexpr double longest = 3600;

double until_next(double seconds, double step) {
  return step - std::fmod(std::max(seconds, 0.0), step);
}

}  // namespace

double seconds_until_other(const v1::StatusResponse& status) {
  double soonest = longest;
  const auto consider = [&](double seconds) { soonest = std::min(soonest, seconds); };
  if (status.has_stretch())
    consider(until_next(status.stretch().seconds() + status.stretch().provisional_seconds(), 60));
  if (status.presence().state() == "away")
    consider(until_next(status.presence().for_seconds(), 60));
  for (const v1::Kind& kind : status.kinds()) {
    if (kind.verdict() == "begun") consider(until_next(kind.rested_seconds(), 10));
    if (kind.has_next_unix_seconds()) consider(until_next(kind.owed_seconds(), 60));
  }
  // A recorded day runs faster than the wait, which is real. Never under a second: this is for
  // eyes.
  const double speed = status.speed() > 0 ? status.speed() : 1;
  return std::clamp(soonest / speed, 1.0, longest);
}

}  // namespace nape::cli

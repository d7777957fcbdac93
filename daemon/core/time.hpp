// SPDX-License-Identifier: Apache-2.0
//
// The two clocks, as values. Nothing here reads one: whoever drives the engine takes an Instant
// once a turn and hands it down. Intervals come from `boot` (CLOCK_BOOTTIME: grows through suspend,
// never steps); `wall` is for display, storage and day borders, and is never subtracted from
// another wall.
#pragma once

#include <chrono>
#include <compare>

namespace nape {

/// The finest that any sensor tells: X11 and Wayland stamp their events in milliseconds.
using Duration = std::chrono::milliseconds;

/// Names the time line of CLOCK_BOOTTIME. It has no now().
struct BootClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;
};

using BootTime = BootClock::time_point;
using WallTime = std::chrono::time_point<std::chrono::system_clock, Duration>;

/// One moment on both clocks.
struct Instant {
  BootTime boot{};
  WallTime wall{};

  /// The same moment `by` later, no clock having been stepped in between; negative looks back.
  constexpr Instant after(Duration by) const { return {boot + by, wall + by}; }
  /// This moment moved along both clocks to `to`.
  constexpr Instant at(BootTime to) const { return after(to - boot); }

  friend constexpr bool operator==(const Instant&, const Instant&) = default;
};

}  // namespace nape

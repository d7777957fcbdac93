// SPDX-License-Identifier: Apache-2.0
//
// The machine's clocks, read once a loop turn, and what can be told from two readings: that the
// machine slept (boot time grew and monotonic time did not) and that the wall clock was set.
// ClockWatch reads nothing itself; hand it every reading before acting on it.
#pragma once

#include <optional>
#include <string>

#include "core/result.hpp"
#include "core/time.hpp"

namespace nape::host {

/// One look at the three clocks. `monotonic` pauses while the machine sleeps.
struct Reading {
  Instant now;
  Duration monotonic{};
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Reading read() = 0;
};

class RealClock final : public Clock {
 public:
  Reading read() override;
};

/// Names this run of the kernel: boot times of another id are of another time line.
Result<std::string> boot_id();

/// What happened to the clocks between two looks. Both can have happened: a machine that wakes
/// often sets its clock. The suspend then came first: its instants are on the old wall clock.
struct ClockNews {
  struct Suspend {
    Instant begin;
    Instant end;
  };
  std::optional<Suspend> suspend;
  /// By how much the wall clock was set; zero if it was not.
  Duration stepped{};
};

/// Finds suspends of more than 1 s (shorter ones wait and are told together: three readings are
/// not atomic, so smaller differences may be noise) and wall steps of more than 2 s (which leaves
/// leap seconds and the rounding of a resume alone).
class ClockWatch {
 public:
  explicit ClockWatch(const Reading& first);

  /// A suspend is taken to end now: the first thing that runs after waking is the loop.
  ClockNews look(const Reading& reading);

 private:
  Duration slept_;  ///< boot - monotonic, as far as it was told
  Duration wall_;   ///< wall - boot, as far as it was told
};

}  // namespace nape::host

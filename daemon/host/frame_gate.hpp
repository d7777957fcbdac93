// SPDX-License-Identifier: Apache-2.0
//
// Nothing that a plugin says is believed before it has passed here: too much of it, times that
// cannot be, more input than fingers make, strings that are none. Clips or drops, and counts; never
// judges the plugin's life, except that a flood that goes on is told. Owned by one plugin, made
// anew for each of its runs; `faults` and `dropped` are the plugin's and outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/time.hpp"
#include "host/plugin_status.hpp"

namespace nape::v1 {
class InputTally;
class Observation;
}  // namespace nape::v1

namespace nape::host {

/// So many a second, and twice as many at once after a quiet time.
class Allowance {
 public:
  Allowance(double a_second, BootTime now);

  /// False, and nothing taken, when there is less left than `wanted`.
  bool take(BootTime now, double wanted);

 private:
  double a_second_;
  double left_;
  BootTime at_;
};

/// Protobuf writes to standard error for every string that is not UTF-8; plugins must not be able
/// to make it. Once a process.
void silence_protobuf();

/// Why a frame's bytes are not a frame.
enum class Parsed { whole, bad_text, garbage };

/// Takes the bytes apart. A message that is well formed but for a string that is not UTF-8 is the
/// lesser evil and told apart.
Parsed parse_observation(std::string_view bytes, v1::Observation& into);

class FrameGate {
 public:
  FrameGate(const PluginLimits& limits, PluginSpec::Kind kind, BootTime spawned,
            FaultCounts& faults);

  /// May one more frame be taken now?
  bool take_frame(BootTime now);

  /// The frame's times are clipped into [last frame, now], which is counted if they are off by more
  /// than a second. False: it must be dropped; why is counted.
  bool admit(BootTime now, v1::Observation& frame);

 private:
  void clip_times(BootTime now, v1::Observation& frame);
  std::int64_t clip(std::int64_t at, std::int64_t earliest, std::int64_t latest);
  bool believes(BootTime now, const v1::InputTally& tally);
  void count(PluginFault fault) { ++faults_[static_cast<std::size_t>(fault)]; }

  PluginSpec::Kind kind_;
  FaultCounts& faults_;
  Allowance frames_;
  Allowance keys_;
  Allowance clicks_;
  Allowance scroll_;
  Allowance motion_;
  Allowance touch_;
  std::int64_t last_frame_ms_;
  std::int64_t last_input_ms_;
};

/// Counts the seconds in a row in which a plugin said too much.
class FloodWatch {
 public:
  /// Too much was said. Reading rests until the time that is returned; none: it has gone on for too
  /// long.
  std::optional<BootTime> on_flood(BootTime now, int longest_seconds);

 private:
  int seconds_ = 0;
  BootTime resumed_{};
};

}  // namespace nape::host

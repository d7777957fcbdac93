// SPDX-License-Identifier: Apache-2.0
//
// What the engine knows at one moment, as a plain value: the one source of status, page and
// metrics.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/time.hpp"

namespace nape {

/// Counters since this engine was made: they never fall. Confirmed time only.
struct Totals {
  InputCounts counts;
  Duration use_under_30{};
  Duration use_30_to_60{};
  Duration sitting_input{};
  Duration sitting_passive{};
  std::map<std::string, Duration> windows;  ///< by category
  std::array<Duration, 4> setups{};         ///< by SetupKind
  /// By kind (in policy order), then Outcome.
  std::map<std::string, std::array<std::uint64_t, outcome_count>> breaks;
  /// Finished stretches by upper bound in minutes: 5 15 30 45 60 90 120, then all.
  std::array<std::uint64_t, 8> stretch_buckets{};
  Duration stretch_sum{};
};
inline constexpr std::array<int, 7> stretch_bucket_minutes{5, 15, 30, 45, 60, 90, 120};

struct KindStatus {
  std::string name;
  Of of = Of::sitting;
  Duration every{};
  Duration length{};
  bool daily_budget = false;
  Duration owed{};
  Duration overdue{};
  bool due = false;
  Verdict verdict = Verdict::unknown;
  std::string because;
  std::optional<Stage> stage;           ///< the highest rung reached since it became due
  std::optional<Instant> silent_until;  ///< postponed, skipped or exited
  std::optional<Instant> begun;         ///< its break runs since
  Duration rested{};                    ///< of the running break
  Duration owed_rest{};                 ///< rest that would pay all
  int postpones_left = 0;
  int skips_left = 0;
};

struct RunningStretch {
  /// As it would end now; the provisional part is not in its confirmed durations, nor in end -
  /// begin.
  Stretch so_far;
  /// Time since the last proof, shown but not counted.
  Duration provisional{};
};

struct Snapshot {
  Instant at;
  PresenceState presence = PresenceState::unknown;
  PresenceReason reason = PresenceReason::start;
  Confidence confidence = Confidence::low;
  Instant presence_since;
  std::optional<RunningStretch> stretch;
  std::vector<KindStatus> kinds;
  std::array<SensorState, sensor_kind_count> sensors{};
  std::array<bool, signal_kind_count> signals{};
  bool locked = false;
  bool lid_closed = false;
  bool remote = false;
  bool standing = false;
  bool reading = false;
  bool paused = false;
  std::optional<Instant> paused_until;  ///< none while paused: until resumed
  bool quiet = false;
  std::string application;
  std::string category;
  bool fullscreen = false;
  Display display = Display::unknown;
  Keyboard keyboard = Keyboard::unknown;
  std::int32_t day = 0;
  /// Input in the span that is still open, if any: what the store would lose now.
  std::optional<InputSpan> open_input;
  std::optional<WindowSpan> open_window;
  std::vector<SignalSpan> open_signals;
  Totals totals;
  std::string policy;
  std::string policy_version;
};

}  // namespace nape

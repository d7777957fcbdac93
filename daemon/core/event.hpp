// SPDX-License-Identifier: Apache-2.0
//
// Everything that can happen to the engine. Sensors' statements, the person's words and the
// daemon's own life are events alike, so that a recording of them is the whole truth. Times inside
// an event are boot times; the engine clips what claims to come from the future or from before the
// last event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/policy.hpp"
#include "core/time.hpp"

namespace nape {

struct InputCounts {
  std::uint64_t keys = 0;
  std::uint64_t clicks = 0;
  std::uint64_t scroll = 0;
  std::uint64_t motion = 0;
  std::uint64_t touch = 0;

  InputCounts& operator+=(const InputCounts& other) {
    keys += other.keys;
    clicks += other.clicks;
    scroll += other.scroll;
    motion += other.motion;
    touch += other.touch;
    return *this;
  }
  friend bool operator==(const InputCounts&, const InputCounts&) = default;
};

/// Input since the last tally.
struct InputTally {
  InputCounts counts;
  /// When the last of it happened.
  BootTime last{};
  /// False where only idle times can be seen: `counts` is then meaningless, and it is input all the
  /// same.
  bool measured = true;
};

/// The active window. No application: the desktop itself.
struct WindowChanged {
  std::string application;
  std::string category;
  bool fullscreen = false;
};

struct Locked {
  bool on = false;
};
/// `on` is stepped at the moment at which the machine fell asleep, `off` at the one at which it
/// woke.
struct Suspended {
  bool on = false;
};
struct Lid {
  bool closed = false;
};
struct Remote {
  bool on = false;
};
struct SeatActive {
  bool on = true;
};

enum class SignalKind { microphone, camera, screencast, playback, idle_inhibitor, do_not_disturb };
inline constexpr std::size_t signal_kind_count = 6;
struct Signal {
  SignalKind kind = SignalKind::microphone;
  bool on = false;
};

enum class Display { unknown, laptop, external, both, none };
enum class Keyboard { unknown, builtin, external };
/// `unknown` leaves what was known.
struct SetupChanged {
  Display display = Display::unknown;
  Keyboard keyboard = Keyboard::unknown;
};

enum class SensorKind { input, window, session, media, setup };
inline constexpr std::size_t sensor_kind_count = 5;
enum class SensorState { lost, degraded, good };
/// How well the best sensor of a kind sees.
struct SensorHealth {
  SensorKind kind = SensorKind::input;
  SensorState state = SensorState::good;
};

/// The wall clock was set; `Instant::wall` of this step is the new time.
struct ClockStepped {
  Duration by{};
};

/// The daemon was not running from State::saved_at until now; stepped first after a restart, `now`
/// on the time line of the restored state (state.hpp, `rebase`).
struct Downtime {
  /// Part of the gap in which the machine slept.
  Duration slept{};
  /// Another boot: the machine was off for the whole gap.
  bool powered_off = false;
};

/// What the calendar says from now on; the edge computes it and sends the next one in time.
struct CalendarTurn {
  /// The day by its local date at its beginning, in days since 1970-01-01.
  std::int32_t day = 0;
  /// For each kind of the policy, in order: inside its `when`.
  std::vector<bool> open;
  bool quiet = false;
};

struct PolicyChanged {
  Policy policy;
};

/// Which stages some actuator can deliver now.
struct StageReach {
  Stage stage = Stage::nudge;
  bool reachable = true;
};

/// The person's words.
namespace word {
struct Start {
  std::string kind;
};
struct Postpone {
  std::string kind;
};
struct Skip {
  std::string kind;
};
struct Exit {
  std::string kind;
};
/// No prompts; without a length, until Resume.
struct Pause {
  std::optional<Duration> length;
};
struct Resume {};
/// Corrects the last gap: what the last `length` of it were.
struct Was {
  enum class What { away, reading } what = What::away;
  Duration length{};
};
/// "I am reading": presence without input, for up to thresholds::reading_carries.
struct Reading {
  bool on = true;
};
struct Desk {
  bool standing = false;
};
}  // namespace word

/// Nothing happened; the deadline has come.
struct Tick {};

using Event =
    std::variant<Tick, InputTally, WindowChanged, Locked, Suspended, Lid, Remote, SeatActive,
                 Signal, SetupChanged, SensorHealth, ClockStepped, Downtime, CalendarTurn,
                 PolicyChanged, StageReach, word::Start, word::Postpone, word::Skip, word::Exit,
                 word::Pause, word::Resume, word::Was, word::Reading, word::Desk>;

}  // namespace nape

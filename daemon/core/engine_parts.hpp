// SPDX-License-Identifier: Apache-2.0
//
// Inside the engine: presence, stretches, breaks and spans, and how they are wired. Included by
// engine*.cpp only.
#pragma once

#include <optional>
#include <string>

#include "core/breaks.hpp"
#include "core/engine.hpp"
#include "core/presence.hpp"
#include "core/saved.hpp"
#include "core/spans.hpp"
#include "core/stretches.hpp"

namespace nape {

struct Engine::Parts : PresenceListener {
  Parts(Policy the_policy, Instant start);

  // time
  void run_until(const Instant& to);
  void move(const Instant& to);
  void settle();
  std::optional<BootTime> next() const;
  Scene scene() const;

  // presence tells
  void attendance_began(BootTime at) override;
  void confirmed(BootTime from, BootTime to, bool passive) override;
  void attendance_ended(BootTime until, PresenceReason reason) override;
  void presence_changed(BootTime until) override;

  // one for each event
  void on(const Tick&) {}
  void on(const InputTally& tally);
  void on(const WindowChanged& window);
  void on(const Locked& locked);
  void on(const Suspended& suspended);
  void on(const Lid& lid);
  void on(const Remote& remote);
  void on(const SeatActive& seat);
  void on(const Signal& signal);
  void on(const SetupChanged& setup);
  void on(const SensorHealth& health);
  void on(const ClockStepped&) {}
  void on(const Downtime& downtime);
  void on(const CalendarTurn& turn);
  void on(const PolicyChanged& change);
  void on(const StageReach& reach);
  void on(const word::Start& word);
  void on(const word::Postpone& word);
  void on(const word::Skip& word);
  void on(const word::Exit& word);
  void on(const word::Pause& word);
  void on(const word::Resume& word);
  void on(const word::Was& word);
  void on(const word::Reading& word);
  void on(const word::Desk& word);

  void shut_or_open();
  void count_breaks(const Effects& effects);
  void take_input(const InputTally& tally, BootTime at);
  void say_once_that_locking_counts(Duration gap);
  void refuse(std::optional<Refusal> refusal, const std::string& kind);
  void save(Saved& saved, BootTime& at);

  /// Owned apart, so that kinds can point at their rules.
  std::unique_ptr<Policy> policy;
  Instant now;
  Presence presence;
  Breaks breaks;
  Stretches stretches;
  Spans spans;
  CalendarTurn calendar;
  /// Where this step's effects go.
  Effects* out = nullptr;

  std::optional<BootTime> last_key;
  /// The last input that the next one's gap may be use with: none across a sleep.
  std::optional<BootTime> use_from;
  bool standing = false;
  BootTime sitting_since{};
  bool screen_locked = false;
  bool seat_active = true;
  bool remote = false;
  bool paused = false;
  std::optional<BootTime> paused_until;
  std::array<SensorState, sensor_kind_count> sensors;
  std::array<bool, stage_count> reachable;
  bool advised_lock = false;
  PresenceState presence_before = PresenceState::unknown;
  /// Restored from what was saved then, and not yet told what the gap was.
  bool dormant = false;
  BootTime saved_at{};
  std::optional<BootTime> deadline;
};

}  // namespace nape

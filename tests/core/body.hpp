// SPDX-License-Identifier: Apache-2.0
//
// Lives a random life: drives an engine through its moments as the daemon would, restarts included,
// after which the sensors, the calendar and the actuators tell their state again. Owns the engine;
// tells an observer of every step.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "core/engine.hpp"
#include "random_life.hpp"

namespace nape::life {

/// One step of the engine, seen from outside.
struct Seen {
  Instant now;
  const Event& event;
  const Snapshot& before;
  const Snapshot& after;
  const Effects& effects;
  std::optional<Instant> deadline;
  /// Where the life began on the boot time line that `now` is on.
  BootTime origin;

  Duration life(BootTime at) const { return at - origin; }
  Duration at() const { return life(now.boot); }
};

class Body {
 public:
  using Observer = std::function<void(const Seen&)>;
  /// Whether every deadline is a step of its own, or left to the engine on the way to the next
  /// event.
  enum class Pace { each_deadline, each_event };

  Body(const Policy& policy, Pace pace, Observer observer);

  void live(const Moment& moment);
  /// Time passes up to `at`, counted from the beginning of the life.
  void pass(Duration at);
  void feed(const Event& event);
  void restart(const Restart& restart);

  const Engine& engine() const { return engine_; }
  Instant now() const { return now_; }
  Duration lived() const { return now_.boot - origin_; }
  /// Deadlines that were steps of their own.
  std::size_t ticks() const { return ticks_; }

 private:
  void step(const Instant& now, const Event& event);
  void remember(const Event& event);
  void tell_again(bool powered_off);

  Pace pace_;
  Observer observer_;
  Engine engine_;
  Instant now_;
  BootTime origin_;
  Snapshot before_;
  std::size_t ticks_ = 0;
  /// What would be told again, by what it is about.
  std::map<int, Event> told_;
};

}  // namespace nape::life

// SPDX-License-Identifier: Apache-2.0
//
// Drives the engine in time order: its own deadlines first, then calendar turns, then the event at
// hand. The live daemon and the replay use the same driver; it reads no clock and waits for
// nothing. It owns engine and calendar.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/calendar.hpp"
#include "core/engine.hpp"
#include "core/result.hpp"

namespace nape::drive {

class Driver {
 public:
  /// Told of every step that had effects, with the moment at which the engine knew.
  using Sink = std::function<void(const Instant&, const Effects&)>;

  /// A new life that begins at `now`. `zone` is where days begin; empty: the machine's.
  static Result<Driver> begin(Policy policy, std::string zone, Instant now, Sink sink);
  /// The life that was saved, which stood at `saved_at` on the boot time line that `now` is on.
  static Result<Driver> resume(Policy policy, std::string zone, std::string_view saved,
                               Instant saved_at, Instant now, const Downtime& downtime, Sink sink);

  /// From now on another one is told.
  void set_sink(Sink sink) { sink_ = std::move(sink); }

  /// Lets time pass up to `now`, then takes the event in.
  void feed(Instant now, const Event& event);
  void advance(Instant now);

  /// The next moment at which advance() has something to do, in terms of `now`.
  Instant next(Instant now) const;

  /// Takes the new policy and its calendar; the old ones stay where the calendar cannot be made.
  Result<void> adopt(Instant now, const Policy& policy);

  const Engine& engine() const { return engine_; }
  const calendar::Calendar& calendar() const { return calendar_; }

 private:
  Driver(Engine engine, calendar::Calendar calendar, std::string zone, Sink sink);
  void step(const Instant& now, const Event& event);
  void turn(const Instant& now);

  Engine engine_;
  calendar::Calendar calendar_;
  std::string zone_;
  Sink sink_;
  WallTime next_turn_{};
};

}  // namespace nape::drive

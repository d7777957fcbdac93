// SPDX-License-Identifier: Apache-2.0
#include "drive/driver.hpp"

#include <algorithm>
#include <utility>

namespace nape::drive {

Driver::Driver(Engine engine, calendar::Calendar calendar, std::string zone, Sink sink)
    : engine_(std::move(engine)),
      calendar_(std::move(calendar)),
      zone_(std::move(zone)),
      sink_(std::move(sink)) {}

Result<Driver> Driver::begin(Policy policy, std::string zone, Instant now, Sink sink) {
  auto calendar = calendar::Calendar::open(policy, zone);
  if (!calendar) return std::move(calendar).error();
  Driver driver(Engine(std::move(policy), now), std::move(*calendar), std::move(zone),
                std::move(sink));
  driver.turn(now);
  return driver;
}

Result<Driver> Driver::resume(Policy policy, std::string zone, std::string_view saved,
                              Instant saved_at, Instant now, const Downtime& downtime, Sink sink) {
  auto calendar = calendar::Calendar::open(policy, zone);
  if (!calendar) return std::move(calendar).error();
  auto engine = Engine::restore(std::move(policy), saved, saved_at);
  if (!engine) return std::move(engine).error();
  Driver driver(std::move(*engine), std::move(*calendar), std::move(zone), std::move(sink));
  driver.step(now, downtime);
  driver.turn(now);
  return driver;
}

void Driver::step(const Instant& now, const Event& event) {
  const auto effects = engine_.step(now, event);
  if (!effects.empty()) sink_(now, effects);
}

void Driver::turn(const Instant& now) {
  step(now, calendar_.at(now.wall));
  next_turn_ = calendar_.next_after(now.wall);
}

void Driver::advance(Instant now) {
  while (true) {
    const auto turn_at = now.after(next_turn_ - now.wall);
    const auto deadline = engine_.deadline();
    if (deadline && deadline->boot <= now.boot && deadline->boot <= turn_at.boot) {
      step(*deadline, Tick{});
    } else if (turn_at.boot <= now.boot) {
      turn(turn_at);
    } else {
      return;
    }
  }
}

void Driver::feed(Instant now, const Event& event) {
  if (std::holds_alternative<ClockStepped>(event)) {
    // Up to here the wall clock ran as before; only then does the calendar mean another day.
    const auto by = std::get<ClockStepped>(event).by;
    advance({now.boot, now.wall - by});
    step(now, event);
    turn(now);
    return;
  }
  advance(now);
  step(now, event);
}

Instant Driver::next(Instant now) const {
  const auto turn_at = now.after(next_turn_ - now.wall);
  const auto deadline = engine_.deadline();
  return deadline && deadline->boot < turn_at.boot ? *deadline : turn_at;
}

Result<void> Driver::adopt(Instant now, const Policy& policy) {
  auto calendar = calendar::Calendar::open(policy, zone_);
  if (!calendar) return std::move(calendar).error();
  advance(now);
  calendar_ = std::move(*calendar);
  step(now, PolicyChanged{policy});
  turn(now);
  return {};
}

}  // namespace nape::drive

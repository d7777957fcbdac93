// SPDX-License-Identifier: Apache-2.0
#include "body.hpp"

#include <algorithm>

#include "core/thresholds.hpp"

namespace nape::life {
namespace {

using namespace std::chrono_literals;

/// When the daemon begins on a boot time line of its own.
constexpr BootTime boot_of_start{1h};
constexpr BootTime boot_after_power_off{20s};
/// 2026-03-02T08:00:00Z
constexpr WallTime wall_of_start{1772438400s};

}  // namespace

Body::Body(const Policy& policy, Pace pace, Observer observer)
    : pace_(pace),
      observer_(std::move(observer)),
      engine_(policy, {boot_of_start, wall_of_start}),
      now_{boot_of_start, wall_of_start},
      origin_(boot_of_start),
      before_(engine_.snapshot(now_)) {}

void Body::step(const Instant& now, const Event& event) {
  now_ = now;
  const auto effects = engine_.step(now, event);
  if (!observer_) return;
  const auto after = engine_.snapshot(now);
  observer_({now, event, before_, after, effects, engine_.deadline(), origin_});
  before_ = after;
}

void Body::pass(Duration at) {
  const auto to = now_.at(std::max(now_.boot, origin_ + at));
  while (pace_ == Pace::each_deadline) {
    const auto deadline = engine_.deadline();
    if (!deadline || deadline->boot > to.boot) break;
    ++ticks_;
    step(now_.at(std::max(now_.boot, deadline->boot)), Tick{});
  }
  now_ = to;
}

void Body::live(const Moment& moment) {
  pass(moment.at);
  if (const auto* back = std::get_if<Restart>(&moment.what)) return restart(*back);
  feed(std::get<Event>(moment.what));
}

void Body::feed(const Event& event) {
  remember(event);
  auto now = now_;
  if (const auto* tally = std::get_if<InputTally>(&event)) {
    step(now, InputTally{tally->counts, now.boot, tally->measured});
    return;
  }
  if (const auto* clock = std::get_if<ClockStepped>(&event)) now.wall += clock->by;
  step(now, event);
  // What is open is told for each kind of the new policy.
  const auto turn = told_.find(-1);
  if (std::holds_alternative<PolicyChanged>(event) && turn != told_.end()) step(now, turn->second);
}

void Body::restart(const Restart& restart) {
  step(now_, Tick{});
  const auto saved = engine_.save(now_);
  auto saved_at = now_;
  auto back = now_.after(restart.down);
  if (restart.off) {
    back.boot = boot_after_power_off;
    saved_at = back.after(-std::min(restart.down, thresholds::off_longest));
    origin_ += back.boot - (now_.boot + restart.down);
  }
  engine_ = std::move(*Engine::restore(engine_.policy(), saved, saved_at));
  step(back, Downtime{restart.slept, restart.off});
  tell_again(restart.off);
}

// --- what is told again
// ----------------------------------------------------------------------------------------

void Body::remember(const Event& event) {
  const int about = 100 * static_cast<int>(event.index());
  if (const auto* signal = std::get_if<Signal>(&event)) {
    told_.insert_or_assign(about + static_cast<int>(signal->kind), event);
  } else if (const auto* health = std::get_if<SensorHealth>(&event)) {
    told_.insert_or_assign(about + static_cast<int>(health->kind), event);
  } else if (const auto* reach = std::get_if<StageReach>(&event)) {
    told_.insert_or_assign(about + static_cast<int>(reach->stage), event);
  } else if (const auto* setup = std::get_if<SetupChanged>(&event)) {
    auto& told = std::get<SetupChanged>(told_.try_emplace(about, SetupChanged{}).first->second);
    if (setup->display != Display::unknown) told.display = setup->display;
    if (setup->keyboard != Keyboard::unknown) told.keyboard = setup->keyboard;
  } else if (std::holds_alternative<CalendarTurn>(event)) {
    told_.insert_or_assign(-1, event);  // first of all
  } else if (std::holds_alternative<WindowChanged>(event) ||
             std::holds_alternative<Locked>(event) || std::holds_alternative<Lid>(event) ||
             std::holds_alternative<Remote>(event) || std::holds_alternative<SeatActive>(event)) {
    told_.insert_or_assign(about, event);
  }
}

void Body::tell_again(bool powered_off) {
  for (auto& [about, event] : told_) {
    // Nobody has locked the new session.
    if (powered_off && std::holds_alternative<Locked>(event)) event = Locked{false};
    if (powered_off && std::holds_alternative<SeatActive>(event)) event = SeatActive{true};
    step(now_, event);
  }
}

}  // namespace nape::life

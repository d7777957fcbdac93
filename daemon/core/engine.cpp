// SPDX-License-Identifier: Apache-2.0
//
// Time, wiring and what the engine shows. What each event does is in engine_events.cpp.
#include "core/engine.hpp"

#include <algorithm>

#include "core/engine_parts.hpp"
#include "core/thresholds.hpp"

namespace nape {

bool is_durable(const Effect& effect) {
  return std::holds_alternative<BreakDue>(effect) || std::holds_alternative<BreakStage>(effect) ||
         std::holds_alternative<BreakHeld>(effect) || std::holds_alternative<BreakBegan>(effect) ||
         std::holds_alternative<BreakEnded>(effect) || std::holds_alternative<Advice>(effect);
}

Engine::Parts::Parts(Policy the_policy, Instant start)
    : policy(std::make_unique<Policy>(std::move(the_policy))),
      now(start),
      presence(*this, start.boot),
      breaks(*policy) {
  sensors.fill(SensorState::good);
  reachable.fill(true);
}

Engine::Engine(Policy policy, Instant start)
    : parts_(std::make_unique<Parts>(std::move(policy), start)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

// --- time

Effects Engine::step(Instant now, const Event& event) {
  Effects effects;
  auto& parts = *parts_;
  parts.out = &effects;
  if (now.boot < parts.now.boot) now.boot = parts.now.boot;
  if (parts.dormant && !std::holds_alternative<Downtime>(event)) {
    parts.run_until(now);
    parts.on(Downtime{});
  }
  parts.run_until(now);
  std::visit([&](const auto& what) { parts.on(what); }, event);
  parts.settle();
  parts.deadline = parts.next();
  parts.out = nullptr;
  parts.count_breaks(effects);
  return effects;
}

void Engine::Parts::count_breaks(const Effects& effects) {
  for (const auto& effect : effects) {
    const auto* ended = std::get_if<BreakEnded>(&effect);
    if (ended) ++stretches.totals().breaks[ended->kind][static_cast<std::size_t>(ended->outcome)];
  }
}

std::optional<Instant> Engine::deadline() const {
  if (!parts_->deadline) return std::nullopt;
  return parts_->now.at(*parts_->deadline);
}

void Engine::Parts::run_until(const Instant& to) {
  // Asleep, or not yet told what happened in between: nothing was decided in that time.
  while (!presence.suspended() && !dormant && deadline && *deadline <= to.boot) {
    move(now.at(*deadline));
    presence.on_deadline();
    settle();
    deadline = next();
  }
  move(to);
}

void Engine::Parts::move(const Instant& to) {
  if (to.boot > now.boot && !dormant) {
    breaks.pass(scene(), to.boot - now.boot);
    presence.move(to.boot);
  }
  now = to;
}

/// Takes and tells every decision that this moment asks for.
void Engine::Parts::settle() {
  if (paused_until && *paused_until <= now.boot) {
    paused = false;
    paused_until.reset();
  }
  presence.tell();
  if (!presence.suspended()) breaks.review(scene(), *out);
}

/// Always later than now: a deadline that has come has been dealt with.
std::optional<BootTime> Engine::Parts::next() const {
  if (presence.suspended()) return std::nullopt;
  std::optional<BootTime> next;
  const auto at = [&](std::optional<BootTime> time) {
    if (!time) return;
    const auto later = std::max(*time, now.boot + Duration(1));
    if (!next || later < *next) next = later;
  };
  at(presence.deadline());
  at(breaks.deadline(scene()));
  at(paused_until);
  return next;
}

Scene Engine::Parts::scene() const {
  Scene scene;
  scene.now = now;
  scene.day = calendar.day;
  scene.presence = presence.state();
  scene.reason = presence.reason();
  scene.attended = presence.attended();
  scene.sitting = presence.attended() && !standing;
  scene.carried = presence.carried();
  scene.fresh = presence.fresh();
  scene.blind = presence.blind();
  scene.proof = presence.proof();
  scene.stirred = presence.stirred();
  scene.last_key = last_key;
  scene.away_since = presence.away_since();
  scene.inputless_since = presence.inputless_since();
  const auto hold = [&](HoldReason reason, bool on) {
    scene.holds[static_cast<std::size_t>(reason)] = on;
  };
  hold(HoldReason::call, presence.on_call());
  hold(HoldReason::screencast, presence.signal(SignalKind::screencast));
  hold(HoldReason::fullscreen, stretches.window().fullscreen);
  hold(HoldReason::dnd, presence.signal(SignalKind::do_not_disturb));
  hold(HoldReason::pause, paused);
  hold(HoldReason::quiet, calendar.quiet);
  scene.reachable = reachable;
  scene.stretch = stretches.length();
  return scene;
}

// --- what presence tells

void Engine::Parts::attendance_began(BootTime at) {
  if (standing) return;
  sitting_since = at;
  stretches.begin(now.at(at), calendar.day);
  out->emplace_back(StretchBegan{now.at(at)});
}

void Engine::Parts::confirmed(BootTime from, BootTime to, bool passive) {
  if (standing) return;
  from = std::max(from, sitting_since);
  if (from >= to) return;
  stretches.confirm(now.at(from), now.at(to), passive, *out);
  breaks.accrue_sitting(from, to);
}

void Engine::Parts::attendance_ended(BootTime, PresenceReason reason) {
  stretches.end(reason, *out);
  breaks.begin_gap();
}

void Engine::Parts::presence_changed(BootTime until) {
  if (presence_before == PresenceState::active) {
    stretches.begin_gap();
    breaks.begin_gap();
  }
  presence_before = presence.state();
  out->emplace_back(
      PresenceChanged{presence.state(), presence.reason(), presence.confidence(), now.at(until)});
}

// --- what is shown

const Policy& Engine::policy() const { return *parts_->policy; }

Snapshot Engine::snapshot(Instant now) const {
  const auto& parts = *parts_;
  Snapshot shown;
  shown.at = now;
  shown.presence = parts.presence.state();
  shown.reason = parts.presence.reason();
  shown.confidence = parts.presence.confidence();
  shown.presence_since = parts.now.at(parts.presence.since());
  if (const auto so_far = parts.stretches.so_far()) {
    shown.stretch =
        RunningStretch{*so_far, std::max(Duration::zero(), now.boot - so_far->end.boot)};
  }
  auto scene = parts.scene();
  scene.now = now;
  shown.kinds = parts.breaks.status(scene);
  shown.sensors = parts.sensors;
  for (std::size_t i = 0; i < signal_kind_count; ++i) {
    shown.signals[i] = parts.presence.signal(static_cast<SignalKind>(i));
  }
  shown.locked = parts.presence.locked();
  shown.lid_closed = parts.presence.lid_closed();
  shown.remote = parts.remote;
  shown.standing = parts.standing;
  shown.reading = parts.presence.reading();
  shown.paused = parts.paused;
  if (parts.paused_until) shown.paused_until = parts.now.at(*parts.paused_until);
  shown.quiet = parts.calendar.quiet;
  shown.application = parts.stretches.window().application;
  shown.category = parts.stretches.window().category;
  shown.fullscreen = parts.stretches.window().fullscreen;
  shown.display = parts.stretches.setup().display;
  shown.keyboard = parts.stretches.setup().keyboard;
  shown.day = parts.calendar.day;
  shown.open_input = parts.spans.open_input();
  shown.open_window = parts.stretches.open_window();
  shown.open_signals = parts.spans.open_signals(now);
  shown.totals = parts.stretches.totals();
  shown.policy = parts.policy->name;
  shown.policy_version = parts.policy->version;
  return shown;
}

// --- restart

void Engine::Parts::save(Saved& saved, BootTime& at) {
  saved.field("saved_at", at);
  saved.field("last_key", last_key);
  saved.field("use_from", use_from);
  saved.field("standing", standing);
  saved.field("sitting_since", sitting_since);
  saved.field("paused", paused);
  saved.field("paused_until", paused_until);
  saved.field("advised_lock", advised_lock);
  saved.field("day", calendar.day);
  saved.prefix("presence.");
  presence.save(saved);
  stretches.save(saved);
  breaks.save(saved);
}

std::string Engine::save(Instant now) const {
  auto saved = Saved::writer();
  auto at = std::max(now.boot, parts_->now.boot);
  parts_->save(saved, at);
  return saved.text();
}

Result<Engine> Engine::restore(Policy policy, std::string_view text, Instant saved_at) {
  auto unmoved = Saved::reader(text, Duration::zero());
  if (!unmoved) return std::move(unmoved).error();
  BootTime was{};
  unmoved->field("saved_at", was);
  auto saved = Saved::reader(text, saved_at.boot - was);
  if (!saved) return std::move(saved).error();
  Engine engine(std::move(policy), saved_at);
  engine.parts_->save(*saved, engine.parts_->saved_at);
  engine.parts_->screen_locked = engine.parts_->presence.locked();
  engine.parts_->presence_before = engine.parts_->presence.state();
  engine.parts_->dormant = true;
  return engine;
}

}  // namespace nape

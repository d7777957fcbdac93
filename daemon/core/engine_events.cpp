// SPDX-License-Identifier: Apache-2.0
//
// What each event does.
#include <algorithm>

#include "core/engine_parts.hpp"
#include "core/thresholds.hpp"
#include "core/words.hpp"

namespace nape {

using namespace thresholds;

// --- input

void Engine::Parts::on(const InputTally& tally) {
  const auto& c = tally.counts;
  const bool jitter =
      tally.measured && c.motion < jitter_motions && c.keys + c.clicks + c.scroll + c.touch == 0;
  if (jitter || presence.locked()) {
    stretches.count(tally);
    if (jitter) spans.on_jitter(tally);
    return;
  }
  // A sensor may be wrong about the time, never about the order: not before the last input, not
  // after now.
  const auto floor = presence.last_input().value_or(tally.last);
  take_input(tally, std::min(std::max(tally.last, floor), now.boot));
  stretches.count(tally);
  if (!tally.measured || c.keys > 0) last_key = presence.last_input();
}

void Engine::Parts::take_input(const InputTally& tally, BootTime at) {
  const auto before = presence.last_input();
  const bool carried = presence.carried();
  const bool attended = presence.attended();
  breaks.before_input(scene(), at, *out);
  presence.on_input(at);
  if (use_from) {
    const auto gap = at - *use_from;
    stretches.use(gap);
    if (gap <= use_gap) breaks.accrue_use(*use_from, at);
  }
  use_from = at;
  breaks.after_input();
  if (before && at - *before >= told_gap) {
    stretches.end_gap(now.at(*before), now.at(at));
    breaks.end_gap();
    if (attended && !carried) say_once_that_locking_counts(at - *before);
  }
  spans.on_input(tally, now.at(at), calendar.day, *out);
}

/// Such a gap may have been a walk; without a lock it cannot be told from reading, and the person
/// should know.
void Engine::Parts::say_once_that_locking_counts(Duration gap) {
  if (advised_lock || gap > sitting_gap || !breaks.rest_matters()) return;
  advised_lock = true;
  out->emplace_back(Advice{"lock_counts"});
}

// --- what sensors tell

void Engine::Parts::on(const WindowChanged& window) { stretches.on_window(window, now.boot); }

void Engine::Parts::on(const Locked& locked) {
  screen_locked = locked.on;
  shut_or_open();
}

void Engine::Parts::on(const Suspended& suspended) {
  // What the sleep paid is settled on waking, before anything that follows it ends the rest.
  if (!suspended.on && presence.suspended()) breaks.review(scene(), *out);
  presence.on_suspended(suspended.on);
  spans.on_state("suspend", suspended.on, now, *out);
  if (suspended.on) use_from.reset();
}

void Engine::Parts::on(const Lid& lid) {
  presence.on_lid(lid.closed);
  spans.on_state("lid", lid.closed, now, *out);
}

void Engine::Parts::on(const Remote& change) {
  remote = change.on;
  spans.on_state("remote", remote, now, *out);
}

void Engine::Parts::on(const SeatActive& seat) {
  seat_active = seat.on;
  shut_or_open();
}

/// Another session in front is as good as a lock: as far as this one can know, its person has left.
void Engine::Parts::shut_or_open() {
  const bool shut = screen_locked || !seat_active;
  presence.on_locked(shut);
  spans.on_state("lock", shut, now, *out);
}

void Engine::Parts::on(const Signal& signal) {
  presence.on_signal(signal.kind, signal.on);
  spans.on_state(std::string(word_for(signal.kind)), signal.on, now, *out);
}

void Engine::Parts::on(const SetupChanged& setup) {
  stretches.on_setup(setup);
  if (setup.display != Display::unknown) presence.on_display(setup.display);
}

void Engine::Parts::on(const SensorHealth& health) {
  sensors[static_cast<std::size_t>(health.kind)] = health.state;
  if (health.kind != SensorKind::input) return;
  presence.on_input_sensor(health.state);
  breaks.on_blind(presence.blind(), now.boot);
  spans.on_state("blind", health.state == SensorState::lost, now, *out);
}

void Engine::Parts::on(const Downtime& downtime) {
  const auto from = saved_at;
  dormant = false;
  presence.on_downtime(from, now.boot, downtime);
  const auto rest = presence.inputless_since().value_or(now.boot);
  breaks.on_downtime(from, rest);
  if (downtime.powered_off || downtime.slept > Duration::zero()) use_from.reset();
  breaks.review(scene(), *out);
  presence.on_back();
}

void Engine::Parts::on(const CalendarTurn& turn) {
  const bool new_day = turn.day != calendar.day;
  calendar = turn;
  breaks.on_calendar(turn, new_day, now.boot, *out);
  if (new_day) out->emplace_back(DayBegan{turn.day});
}

void Engine::Parts::on(const PolicyChanged& change) {
  auto next_policy = std::make_unique<Policy>(change.policy);
  breaks.adopt(*next_policy, scene(), *out);
  policy = std::move(next_policy);
}

void Engine::Parts::on(const StageReach& reach) {
  auto& held = reachable[static_cast<std::size_t>(reach.stage)];
  const bool newly = reach.reachable && !held;
  held = reach.reachable;
  if (newly) breaks.on_reach(reach.stage);
}

// --- what the person says

void Engine::Parts::refuse(std::optional<Refusal> refusal, const std::string& kind) {
  if (refusal) out->emplace_back(Refused{*refusal, kind});
}

void Engine::Parts::on(const word::Start& word) {
  refuse(breaks.start(word.kind, scene(), *out), word.kind);
}
void Engine::Parts::on(const word::Postpone& word) {
  refuse(breaks.postpone(word.kind, scene(), *out), word.kind);
}
void Engine::Parts::on(const word::Skip& word) {
  refuse(breaks.skip(word.kind, scene(), *out), word.kind);
}
void Engine::Parts::on(const word::Exit& word) {
  refuse(breaks.exit(word.kind, scene(), *out), word.kind);
}

void Engine::Parts::on(const word::Pause& word) {
  paused = true;
  paused_until.reset();
  if (word.length) paused_until = now.boot + *word.length;
}

void Engine::Parts::on(const word::Resume&) {
  paused = false;
  paused_until.reset();
}

void Engine::Parts::on(const word::Was& word) {
  const auto gap = stretches.last_gap();
  const auto length = gap ? std::min(word.length, gap->length()) : Duration::zero();
  const bool away = word.what == word::Was::What::away;
  const bool corrected = length > Duration::zero() &&
                         (away ? stretches.was_away(length, *out) : stretches.was_reading(length));
  if (!corrected) return refuse(Refusal::no_gap, "");
  breaks.correct(word.what, length, scene(), *out);
}

void Engine::Parts::on(const word::Reading& word) { presence.on_reading(word.on); }

void Engine::Parts::on(const word::Desk& word) {
  if (word.standing == standing) return;
  standing = word.standing;
  if (standing) return stretches.end(PresenceReason::standing, *out);
  sitting_since = now.boot;
  if (!presence.attended()) return;
  stretches.begin(now, calendar.day);
  out->emplace_back(StretchBegan{now});
}

}  // namespace nape

// SPDX-License-Identifier: Apache-2.0
#include "app/life.hpp"

#include <algorithm>
#include <chrono>

#include "core/thresholds.hpp"

namespace nape::app {
namespace {

/// A disk that refuses is asked again after this time.
constexpr Duration retry_after = std::chrono::seconds(10);
/// Three clocks are not read at one moment: less than this is no suspend.
constexpr Duration suspend_noise = std::chrono::seconds(1);

const Effects nothing;

}  // namespace

Continuation continuation_of(const store::Clocks& saved, const store::Clocks& now) {
  Continuation continuation;
  if (saved.boot_id == now.boot_id) {
    continuation.saved_at = {std::min(saved.boot, now.boot), saved.wall};
    const auto slept = (now.boot - saved.boot) - (now.monotonic - saved.monotonic);
    if (slept > suspend_noise)
      continuation.downtime.slept = std::min(slept, now.boot - continuation.saved_at.boot);
    return continuation;
  }
  const auto off = std::max<Duration>(now.wall - saved.wall, Duration::zero());
  continuation.saved_at = {now.boot - off, saved.wall};
  continuation.downtime.powered_off = true;
  return continuation;
}

Result<std::unique_ptr<Life>> Life::begin(Parts parts, Policy policy, std::string zone,
                                          const host::Reading& now) {
  auto life = std::unique_ptr<Life>(new Life(std::move(parts), std::move(zone)));
  life->monotonic_ = now.monotonic;
  auto saved = life->parts_.store.load();
  if (!saved) life->parts_.faults.happened("store", saved.error().what);
  if (saved && *saved) {
    const store::Clocks clocks{life->parts_.boot_id, now.now.boot, now.monotonic, now.now.wall};
    const auto resumed =
        life->resume(**saved, policy, now.now, continuation_of((*saved)->clocks, clocks));
    if (resumed) return life;
    life->parts_.faults.happened("store", "what was running is lost: " + resumed.error().what);
  }
  auto driver = drive::Driver::begin(std::move(policy), life->zone_, now.now, life->sink());
  if (!driver) return std::move(driver).error();
  life->driver_.emplace(std::move(*driver));
  life->began_at_ = now.now;
  return life;
}

Result<void> Life::resume(const store::Saved& saved, Policy policy, const Instant& now,
                          const Continuation& continuation) {
  // What the engine decides while it learns of the gap must not reach the store before the engine
  // is in place.
  std::vector<std::pair<Instant, Effects>> early;
  auto driver = drive::Driver::resume(
      std::move(policy), zone_, saved.engine_state, continuation.saved_at, now,
      continuation.downtime,
      [&early](const Instant& at, const Effects& effects) { early.emplace_back(at, effects); });
  if (!driver) return std::move(driver).error();
  driver_.emplace(std::move(*driver));
  driver_->set_sink(sink());
  began_at_ = continuation.saved_at;
  for (const auto& [at, effects] : early) on_effects(at, effects);
  return {};
}

drive::Driver::Sink Life::sink() {
  return [this](const Instant& at, const Effects& effects) { on_effects(at, effects); };
}

// --- events

void Life::feed(const host::Reading& now, const Instant& at, const Event& event) {
  monotonic_ = now.monotonic;
  driver_->feed(at, event);
  if (std::holds_alternative<InputTally>(event)) {
    schedule_.on_input(at.boot);
  } else {
    schedule_.on_other_change(at.boot);
  }
}

std::optional<Refused> Life::say(const host::Reading& now, const Instant& at, const Event& word) {
  refused_.reset();
  feed(now, at, word);
  // The person's word is kept before it is answered.
  if (!refused_) commit(now, at);
  return refused_;
}

void Life::advance(const host::Reading& now, const Instant& at) {
  monotonic_ = now.monotonic;
  driver_->advance(at);
  const bool again = retry_at_ && *retry_at_ <= at.boot;
  const auto due = schedule_.due();
  if (again || (!retry_at_ && due && *due <= at.boot)) commit(now, at);
}

Instant Life::next(const Instant& at) const {
  auto next = driver_->next(at);
  if (const auto due = retry_at_ ? retry_at_ : schedule_.due(); due && *due < next.boot)
    next = at.at(*due);
  return next;
}

Result<void> Life::adopt(const host::Reading& now, const Instant& at, const Policy& policy) {
  monotonic_ = now.monotonic;
  auto adopted = driver_->adopt(at, policy);
  commit(now, at);
  return adopted;
}

Result<void> Life::relive(const host::Reading& now, const Instant& at, const Rebirth& rebirth) {
  if (rebirth.saves_first) commit(now, at);
  auto saved = parts_.store.load();
  if (!saved) return std::move(saved).error();
  if (!*saved) return Error{"nothing was saved"};
  const auto back = at.after(rebirth.down);
  Continuation continuation{{(*saved)->clocks.boot, (*saved)->clocks.wall}, {}};
  continuation.downtime.powered_off = rebirth.powered_off;
  parts_.engine_ends(snapshot(at).totals);
  auto policy = driver_->engine().policy();
  return resume(**saved, std::move(policy), back, continuation);
}

// --- the store

void Life::on_effects(const Instant& at, const Effects& effects) {
  for (const auto& effect : effects) {
    if (const auto* refused = std::get_if<Refused>(&effect)) refused_ = *refused;
  }
  if (drive::CommitSchedule::at_once(effects)) {
    write(at, effects);
  } else {
    parts_.store.queue(at, effects);
    schedule_.on_other_change(at.boot);
  }
  parts_.carry_out(at, effects);
}

store::Checkpoint Life::checkpoint(const Instant& at) const {
  const auto shown = snapshot(at);
  store::Checkpoint checkpoint;
  checkpoint.engine_state = driver_->engine().save(at);
  checkpoint.clocks = {parts_.boot_id, at.boot, monotonic_, at.wall};
  if (shown.stretch) checkpoint.running = shown.stretch->so_far;
  checkpoint.open_input = shown.open_input;
  checkpoint.open_window = shown.open_window;
  checkpoint.open_signals = shown.open_signals;
  return checkpoint;
}

void Life::commit(const host::Reading& now, const Instant& at) {
  monotonic_ = now.monotonic;
  driver_->advance(at);
  write(at, nothing);
}

void Life::write(const Instant& at, const Effects& effects) {
  const auto begin = std::chrono::steady_clock::now();
  const auto written = parts_.store.commit({at, effects, checkpoint(at)});
  commit_time_ += std::chrono::steady_clock::now() - begin;
  ++commits_;
  store_up_ = static_cast<bool>(written);
  if (written) {
    retry_at_.reset();
    schedule_.on_committed(at.boot);
    parts_.faults.over("store");
  } else {
    retry_at_ = at.boot + retry_after;
    parts_.faults.began("store", written.error().what);
  }
}

}  // namespace nape::app

// SPDX-License-Identifier: Apache-2.0
#include "core/presence.hpp"

#include <algorithm>

#include "core/thresholds.hpp"

namespace nape {
namespace {

using namespace thresholds;

/// "More than": the first moment at which an age has exceeded its threshold.
constexpr Duration beyond(Duration threshold) { return threshold + Duration(1); }

bool is_evidence(SignalKind kind) {
  return kind == SignalKind::microphone || kind == SignalKind::camera ||
         kind == SignalKind::playback;
}

}  // namespace

Presence::Presence(PresenceListener& listener, BootTime now)
    : listener_(listener), now_(now), gone_until_(now), quiet_from_(now) {
  told_.since = now;
}

bool Presence::on_call() const {
  return signal(SignalKind::microphone) || signal(SignalKind::camera);
}

bool Presence::bare_lid() const {
  const bool external = display_ == Display::external || display_ == Display::both;
  return lid_closed_ && !external && !lid_revoked_;
}

bool Presence::shut() const { return locked_at_ || suspended_ || bare_lid(); }

std::optional<BootTime> Presence::carried_until() const {
  // A locked screen carries nothing: should the lock last, the stretch has ended where it began.
  if (!attended_ || locked_at_ || !last_input_) return std::nullopt;
  std::optional<BootTime> until;
  const auto carry = [&](BootTime limit) {
    if (limit > now_ && (!until || limit > *until)) until = limit;
  };
  if (on_call()) carry(*last_input_ + call_carries);
  if (signal(SignalKind::playback)) carry(*last_input_ + playback_carries);
  if (reading_until_) carry(*reading_until_);
  return until;
}

bool Presence::carried() const { return carried_until().has_value(); }

bool Presence::fresh() const {
  if (!attended_ || locked_at_) return false;
  // After a time that nobody saw, only the next input makes anything certain again.
  const bool seen = !blind_ && !(blind_end_ && *blind_end_ > proof_);
  return carried() || (seen && now_ - proof_ <= use_gap);
}

PresenceReason Presence::carrier() const {
  if (on_call() && *last_input_ + call_carries > now_) return PresenceReason::call;
  if (signal(SignalKind::playback) && *last_input_ + playback_carries > now_)
    return PresenceReason::playback;
  return PresenceReason::reading;
}

std::optional<BootTime> Presence::inputless_since() const {
  // Lock, sleep and lid are known by other sensors.
  if (blind_) return shut() ? away_since_ : std::nullopt;
  if (!last_input_) return blind_end_;
  return blind_end_ ? std::max(*last_input_, *blind_end_) : *last_input_;
}

// --- what is certain

void Presence::confirm(BootTime to) {
  if (to <= confirmed_) return;
  const auto from = confirmed_;
  confirmed_ = to;
  listener_.confirmed(from, to, false);
}

void Presence::end(BootTime until, PresenceReason reason) {
  attended_ = false;
  gone_reason_ = reason;
  gone_until_ = until;
  listener_.attendance_ended(until, reason);
}

/// Away since `since`, as something besides quiet tells; ends attendance there.
void Presence::leave(BootTime since, PresenceReason reason) {
  if (attended_) {
    confirm(since);
    end(since, reason);
  } else if (!away_since_) {
    gone_reason_ = reason;
    gone_until_ = since;
  }
  gone_state_ = PresenceState::away;
  quiet_from_.reset();
  unknown_since_.reset();
  if (!away_since_) away_since_ = since;
}

/// Nobody is known to be there, and quiet from here on may prove it, where it can be seen.
void Presence::begin_quiet(BootTime from) {
  away_since_.reset();
  if (!blind_) {
    quiet_from_ = from;
    return;
  }
  quiet_from_.reset();
  unknown_since_ = from;
  gone_state_ = PresenceState::unknown;
  gone_reason_ = PresenceReason::sensor;
  gone_until_ = from;
}

void Presence::move(BootTime to) {
  if (to <= now_) return;
  if (carried()) {
    // Right after input the person is active; only what the evidence adds beyond that is passive.
    const auto active_until = std::clamp(*last_input_ + use_gap, confirmed_, to);
    confirm(active_until);
    if (to > confirmed_) {
      const auto from = confirmed_;
      confirmed_ = to;
      listener_.confirmed(from, to, true);
    }
    proof_ = last_carried_ = to;
  }
  now_ = to;
}

// --- what happens

void Presence::on_input(BootTime at) {
  if (locked_at_) return;
  if (suspended_) on_suspended(false);
  if (bare_lid()) lid_revoked_ = true;
  blind_ = false;
  if (attended_) {
    confirm(at);
  } else {
    attended_ = true;
    confirmed_ = at;
    away_since_.reset();
    quiet_from_.reset();
    unknown_since_.reset();
    listener_.attendance_began(at);
  }
  proof_ = std::max(proof_, at);
  last_input_ = at;
}

void Presence::on_locked(bool on) {
  if (on == locked()) return;
  if (on) {
    if (attended_) {
      confirm(now_);
      proof_ = now_;
    }
    locked_at_ = now_;
    return;
  }
  const bool carried_before = carried();
  locked_at_.reset();
  last_carried_ = now_;  // nobody unlocks without a hand on the keyboard
  if (attended_) {
    after_evidence_change(carried_before);
  } else if (!shut()) {
    begin_quiet(now_);
  }
}

void Presence::on_suspended(bool on) {
  if (on == suspended_) return;
  suspended_ = on;
  if (on) {
    leave(locked_at_ ? *locked_at_ : now_, PresenceReason::suspend);
  } else if (!shut()) {
    begin_quiet(now_);
  }
}

void Presence::on_lid(bool closed) {
  const bool bare_before = bare_lid();
  if (!closed) lid_revoked_ = false;
  lid_closed_ = closed;
  after_lid_change(bare_before);
}

void Presence::on_display(Display display) {
  const bool bare_before = bare_lid();
  display_ = display;
  after_lid_change(bare_before);
}

void Presence::after_lid_change(bool bare_before) {
  if (bare_lid() == bare_before) return;
  if (bare_lid()) {
    leave(locked_at_ ? *locked_at_ : now_, PresenceReason::lid);
  } else if (!attended_ && !shut()) {
    begin_quiet(now_);
  }
}

void Presence::on_signal(SignalKind kind, bool on) {
  auto& held = signals_[static_cast<std::size_t>(kind)];
  if (held == on) return;
  const bool carried_before = carried();
  held = on;
  if (is_evidence(kind)) after_evidence_change(carried_before);
}

void Presence::on_reading(bool on) {
  const bool carried_before = carried();
  reading_until_.reset();
  if (on && attended_) reading_until_ = now_ + reading_carries;
  after_evidence_change(carried_before);
}

void Presence::after_evidence_change(bool carried_before) {
  if (attended_) {
    if (!carried_before && carried()) {
      confirm(now_);
      proof_ = now_;
    }
    return;
  }
  const bool evidence = on_call() || signal(SignalKind::playback);
  if (!evidence && gone_reason_ == PresenceReason::limit && unknown_since_) {
    // The evidence that had lasted too long is over: from here on, quiet can prove an absence.
    unknown_since_.reset();
    gone_state_ = PresenceState::away;
    gone_reason_ = PresenceReason::quiet;
    gone_until_ = now_;
    begin_quiet(now_);
  }
}

void Presence::on_input_sensor(SensorState state) {
  const bool lost = state == SensorState::lost;
  if (lost == blind_) return;
  blind_ = lost;
  blind_end_ = now_;
  unseen_reason_ = PresenceReason::sensor;
  if (attended_ || shut()) return;
  if (lost) {
    away_since_.reset();
    quiet_from_.reset();
    if (!unknown_since_) unknown_since_ = now_;
    gone_state_ = PresenceState::unknown;
    gone_reason_ = PresenceReason::sensor;
    gone_until_ = now_;
  } else {
    unknown_since_.reset();
    begin_quiet(now_);
  }
}

void Presence::on_downtime(BootTime from, BootTime now, const Downtime& downtime) {
  now_ = now;
  reading_until_.reset();
  const auto unknown = now_ - from - downtime.slept;
  if (downtime.powered_off) {
    // Whatever was locked, shut or in use belonged to a session that is gone; sensors tell it anew.
    locked_at_.reset();
    suspended_ = lid_closed_ = blind_ = false;
    signals_ = {};
    rested_unseen(from, std::max(from, now_ - off_longest), PresenceReason::off);
  } else if (downtime.slept > Duration::zero()) {
    rested_unseen(from, now_ - downtime.slept, PresenceReason::suspend);
  } else if (unknown > unknown_is_away) {
    if (attended_) end(proof_, PresenceReason::downtime);
    rested_unseen(from, from, PresenceReason::downtime);
  } else {
    unseen(unknown);
  }
}

/// The machine rested in the gap that began at `from`; that part of it is known from `rest` on.
void Presence::rested_unseen(BootTime from, BootTime rest, PresenceReason reason) {
  suspended_ = false;
  leave(from, reason);
  away_since_ = rest;
  blind_end_ = rest;
}

/// Nothing is known of a gap that ends now.
void Presence::unseen(Duration gap) {
  suspended_ = false;
  blind_end_ = now_;
  unseen_reason_ = PresenceReason::downtime;
  if (attended_ && gap > sitting_gap && locked_at_) {
    leave(*locked_at_, PresenceReason::lock);
  } else if (attended_ && now_ - proof_ > sitting_gap && !locked_at_) {
    // At once: what the sensors tell next must not carry over a gap that nobody saw.
    end(proof_, PresenceReason::downtime);
    gone_state_ = PresenceState::unknown;
    return begin_quiet(now_);
  }
  if (attended_) return;
  if (away_since_) away_since_ = now_;
  if (quiet_from_) quiet_from_ = now_;
  if (gap <= sitting_gap || shut()) return;
  gone_state_ = PresenceState::unknown;
  gone_reason_ = PresenceReason::downtime;
  gone_until_ = now_ - gap;
  begin_quiet(now_);
}

void Presence::on_back() {
  if (!attended_ && !shut() &&
      (gone_reason_ == PresenceReason::off || gone_reason_ == PresenceReason::suspend)) {
    begin_quiet(now_);
  }
}

// --- deadlines

std::optional<BootTime> Presence::deadline() const {
  if (suspended_) return std::nullopt;
  std::optional<BootTime> next;
  const auto at = [&](BootTime time) {
    if (!next || time < *next) next = time;
  };
  if (attended_ && told_.state == PresenceState::active) at(*last_input_ + beyond(use_gap));
  if (locked_at_) {
    if (!away_since_) at(*locked_at_ + lock_bridge);
  } else if (attended_) {
    at(carried_until().value_or(proof_ + beyond(sitting_gap)));
  } else {
    if (quiet_from_) at(*quiet_from_ + beyond(sitting_gap));
    if (unknown_since_) at(*unknown_since_ + beyond(unknown_is_away));
  }
  return next;
}

void Presence::on_deadline() {
  if (suspended_) return;
  if (locked_at_) {
    if (!away_since_ && now_ - *locked_at_ >= lock_bridge) leave(*locked_at_, PresenceReason::lock);
  } else if (attended_) {
    if (!carried()) end_for_quiet();
  } else if (quiet_from_ && now_ - *quiet_from_ > sitting_gap) {
    away_since_ = quiet_from_;
    quiet_from_.reset();
    if (gone_state_ == PresenceState::unknown) {
      gone_state_ = PresenceState::away;
      gone_reason_ = PresenceReason::quiet;
      gone_until_ = *away_since_;
    }
  } else if (unknown_since_ && now_ - *unknown_since_ > unknown_is_away) {
    away_since_ = unknown_since_;
    unknown_since_.reset();
    gone_state_ = PresenceState::away;
  }
}

/// Attended, not carried: either evidence has just reached its limit, or the proof may have grown
/// too old.
void Presence::end_for_quiet() {
  const bool evidence = on_call() || signal(SignalKind::playback);
  if (evidence && proof_ == now_) {
    end(now_, PresenceReason::limit);
    gone_state_ = PresenceState::unknown;
    unknown_since_ = now_;
    return;
  }
  if (now_ - proof_ <= sitting_gap) return;
  const bool unseen = blind_ || (blind_end_ && *blind_end_ > proof_);
  end(proof_, unseen ? unseen_reason_ : PresenceReason::quiet);
  gone_state_ = unseen ? PresenceState::unknown : PresenceState::away;
  if (blind_) {
    unknown_since_ = blind_end_;
  } else if (unseen) {
    quiet_from_ = *blind_end_;
  } else {
    away_since_ = proof_;
  }
}

// --- what is told

Presence::View Presence::view() const {
  if (!attended_) return {gone_state_, gone_reason_, gone_until_};
  if (blind_ && !carried()) return {PresenceState::unknown, PresenceReason::sensor, *blind_end_};
  if (!blind_ && now_ - *last_input_ <= use_gap)
    return {PresenceState::active, PresenceReason::input, now_};
  if (carried()) return {PresenceState::present, carrier(), *last_input_};
  return {PresenceState::present, PresenceReason::quiet, *last_input_};
}

void Presence::tell() {
  const auto seen = view();
  const bool changed = seen.state != told_.state;
  told_.reason = seen.reason;
  if (!changed) return;
  told_.state = seen.state;
  told_.since = seen.until;
  listener_.presence_changed(seen.until);
}

Confidence Presence::confidence() const {
  switch (told_.reason) {
    case PresenceReason::input:
    case PresenceReason::lock:
    case PresenceReason::suspend:
    case PresenceReason::off:
      return Confidence::high;
    case PresenceReason::call:
    case PresenceReason::reading:
    case PresenceReason::lid:
      return Confidence::medium;
    case PresenceReason::quiet:
      return told_.state == PresenceState::away ? Confidence::medium : Confidence::low;
    default:
      return Confidence::low;
  }
}

void Presence::save(Saved& saved) {
  saved.field("locked_at", locked_at_);
  saved.field("suspended", suspended_);
  saved.field("lid_closed", lid_closed_);
  saved.field("lid_revoked", lid_revoked_);
  saved.field("display", display_);
  saved.field("blind_end", blind_end_);
  saved.field("unseen_reason", unseen_reason_);
  saved.field("attended", attended_);
  saved.field("proof", proof_);
  saved.field("confirmed", confirmed_);
  saved.field("last_input", last_input_);
  saved.field("gone_state", gone_state_);
  saved.field("gone_reason", gone_reason_);
  saved.field("gone_until", gone_until_);
  saved.field("away_since", away_since_);
  saved.field("quiet_from", quiet_from_);
  saved.field("unknown_since", unknown_since_);
  saved.field("reading_until", reading_until_);
  saved.field("told_state", told_.state);
  saved.field("told_reason", told_.reason);
  saved.field("told_since", told_.since);
}

}  // namespace nape

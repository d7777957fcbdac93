// SPDX-License-Identifier: Apache-2.0
//
// Presence: from evidence to "somebody is at the computer". Attendance begins with input, is
// carried by passive evidence, and ends backdated to its last proof. Time without proof is
// provisional until input confirms it; what cannot be seen is unknown, which is neither attendance
// nor rest. Design section 6 is this file's contract.
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/saved.hpp"
#include "core/time.hpp"

namespace nape {

/// What presence tells the engine, at once and in order.
class PresenceListener {
 public:
  virtual ~PresenceListener() = default;
  /// Attendance began with the input at `at`.
  virtual void attendance_began(BootTime at) = 0;
  /// [from, to) is certain now; successive calls adjoin. A bridged gap counts as `input`, not
  /// passive.
  virtual void confirmed(BootTime from, BootTime to, bool passive) = 0;
  /// Attendance ended at `until`, which is exactly where confirmation ended.
  virtual void attendance_ended(BootTime until, PresenceReason reason) = 0;
  virtual void presence_changed(BootTime until) = 0;
};

class Presence {
 public:
  /// `listener` outlives this. Nothing is known at `now`.
  Presence(PresenceListener& listener, BootTime now);

  /// Input that counts (no jitter). Ignored while locked.
  void on_input(BootTime at);
  void on_locked(bool on);
  void on_suspended(bool on);
  void on_lid(bool closed);
  void on_display(Display display);
  void on_signal(SignalKind kind, bool on);
  void on_reading(bool on);
  void on_input_sensor(SensorState state);
  /// The daemon was not there from `from` until now: what of it was rest is in away_since() and
  /// inputless_since() until on_back() ends it.
  void on_downtime(BootTime from, BootTime now, const Downtime& downtime);
  void on_back();

  /// Time passes with nothing happening; never beyond deadline().
  void move(BootTime to);
  std::optional<BootTime> deadline() const;
  void on_deadline();
  /// Tells a change of state, if there was one since the last call.
  void tell();

  PresenceState state() const { return told_.state; }
  PresenceReason reason() const { return told_.reason; }
  Confidence confidence() const;
  BootTime since() const { return told_.since; }

  bool attended() const { return attended_; }
  /// Passive evidence proves this very moment.
  bool carried() const;
  /// Certain at this moment, and nothing hides the screen: carried, or input within the use gap.
  bool fresh() const;
  BootTime proof() const { return proof_; }
  std::optional<BootTime> last_input() const { return last_input_; }
  /// The latest of the last input, the last moment of passive evidence and the last unlocking; a
  /// lock proves, and stirs nothing.
  BootTime stirred() const { return std::max(last_input_.value_or(proof_), last_carried_); }
  /// Proven rest of a sitting person: since when nobody has been there.
  std::optional<BootTime> away_since() const { return away_since_; }
  /// Since when there has been no input, as far as that could be seen.
  std::optional<BootTime> inputless_since() const;
  bool on_call() const;
  bool locked() const { return locked_at_.has_value(); }
  bool suspended() const { return suspended_; }
  bool lid_closed() const { return lid_closed_; }
  bool blind() const { return blind_; }
  bool reading() const { return reading_until_ && *reading_until_ > now_; }
  bool signal(SignalKind kind) const { return signals_[static_cast<std::size_t>(kind)]; }
  Display display() const { return display_; }

  /// Reads or writes what must survive; the same list serves both.
  void save(Saved& saved);

 private:
  struct Told {
    PresenceState state = PresenceState::unknown;
    PresenceReason reason = PresenceReason::start;
    BootTime since{};
  };
  struct View {
    PresenceState state;
    PresenceReason reason;
    BootTime until;
  };

  std::optional<BootTime> carried_until() const;
  PresenceReason carrier() const;
  bool bare_lid() const;
  /// Something besides input says that the person is gone: it must end before quiet can prove
  /// anything.
  bool shut() const;
  void confirm(BootTime to);
  void end(BootTime until, PresenceReason reason);
  void leave(BootTime since, PresenceReason reason);
  void begin_quiet(BootTime from);
  void after_evidence_change(bool carried_before);
  void after_lid_change(bool bare_before);
  void end_for_quiet();
  void rested_unseen(BootTime from, BootTime rest, PresenceReason reason);
  void unseen(Duration gap);
  View view() const;

  PresenceListener& listener_;
  BootTime now_;

  std::array<bool, signal_kind_count> signals_{};
  std::optional<BootTime> reading_until_;
  std::optional<BootTime> locked_at_;
  bool suspended_ = false;
  bool lid_closed_ = false;
  bool lid_revoked_ = false;
  Display display_ = Display::unknown;
  bool blind_ = false;
  /// The last moment at which input could have gone unseen.
  std::optional<BootTime> blind_end_;
  PresenceReason unseen_reason_ = PresenceReason::sensor;

  bool attended_ = false;
  BootTime proof_{};
  BootTime confirmed_{};
  std::optional<BootTime> last_input_;
  BootTime last_carried_ = BootTime::min();

  /// While not attended: why, and since when rest is proven, could be proven, or nothing is known.
  PresenceState gone_state_ = PresenceState::unknown;
  PresenceReason gone_reason_ = PresenceReason::start;
  BootTime gone_until_{};
  std::optional<BootTime> away_since_;
  std::optional<BootTime> quiet_from_;
  std::optional<BootTime> unknown_since_;

  Told told_;
};

}  // namespace nape

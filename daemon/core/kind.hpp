// SPDX-License-Identifier: Apache-2.0
//
// One break kind's account: what is owed, what rest has paid, whether it is due and how far its
// ladder has gone. It decides nothing about other kinds or the screen; Breaks does. `rule` outlives
// it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/effect.hpp"
#include "core/policy.hpp"
#include "core/saved.hpp"
#include "core/time.hpp"

namespace nape {

/// A rest in progress that pays a kind.
struct RestRun {
  BootTime from{};
  /// Owed when it began.
  Duration owed_before{};
  /// Local day on which it began.
  std::int32_t day = 0;
};

/// A begun break.
struct BegunBreak {
  Instant begin;
  std::int32_t day = 0;
  bool by_itself = false;
  /// The piece of rest that is running, and what earlier pieces kept.
  BootTime from{};
  Duration kept{};
  /// Rest that completes it.
  Duration need{};
  Duration owed_before{};
  /// Input until then is the answer's own.
  BootTime grace_until{};
  /// End of the last piece of rest: input without a rest since then for a whole length abandons the
  /// break.
  BootTime last_rest{};
  /// Input cannot be seen: its clock stands.
  bool blind = false;
};

class Kind {
 public:
  explicit Kind(const BreakKind& rule) : rule_(&rule), name_(rule.name) {}

  /// Goes on with the account of the same kind under an earlier rule, which may go afterwards: what
  /// is owed stays, up to the new `every`; another ladder begins anew.
  void inherit(const Kind& old, BootTime now);

  const BreakKind& rule() const { return *rule_; }
  const std::string& name() const { return name_; }
  Duration every() const { return rule_->every; }

  /// `amount` of use or sitting was confirmed, as the rule counts.
  void accrue(Duration amount);
  bool is_full() const { return owed >= rule_->every; }

  /// Rest that would pay `amount`.
  Duration rest_for(Duration amount) const;
  /// What `rested` pays of `owed_before`, by the rule's credit.
  Duration paid_by(Duration rested, Duration owed_before) const;

  /// Pays what the running rest has earned up to `now`.
  void pay(BootTime now);
  /// When the running rest or break has paid all.
  std::optional<BootTime> paid_at() const;
  Duration rested(BootTime now) const;
  /// Never less than none: a new policy may allow fewer than have been used.
  int postpones_left() const { return std::max(0, rule_->postpone.times - postpones_used); }
  int skips_left() const { return std::max(0, rule_->skips_a_day - skips_used); }

  /// Nothing is owed any more, or nothing is asked: back to the beginning.
  void clear_due();

  void save(Saved& saved);

  Duration owed{};
  bool due = false;
  Duration overdue{};
  /// Overdue runs from here on: before, it was not due, held or silent.
  BootTime climbs_from{};
  /// Rungs decided since it became due; the last one must be shown again after a silence.
  std::size_t rungs = 0;
  bool show_again = false;
  /// Some rung could be shown since it became due.
  bool delivered = false;
  /// The last rung could not be shown.
  bool unreachable = false;

  std::optional<BootTime> silent_until;
  bool postponed = false;  ///< why it is silent: postponed, else skipped or exited
  int postpones_used = 0;
  int skips_used = 0;

  std::optional<HoldReason> held;
  std::array<Duration, hold_reason_count> held_for{};
  std::optional<BootTime> typing_since;

  std::optional<RestRun> run;
  std::optional<BegunBreak> begun;
  bool open = true;
  /// Inside its `when` since then, or outside since then: a gap over the border counts by its part.
  BootTime open_changed{Duration::min() / 2};
  std::optional<std::size_t> merged_into;
  /// Rest before this moment has been used up; the rest after it can still pay.
  BootTime rest_spent{};
  /// Rest since the last input has paid something: the gap, should input confirm it, does not
  /// accrue.
  bool paid_in_gap = false;
  /// The same, while the input that ends the gap is taken in.
  bool gap_paid = false;
  /// Owed when the last long gap began and when it ended, for the person's corrections.
  Duration owed_before_gap{};
  Duration owed_before_pause{};  ///< as the pause that is running began; not yet a gap
  Duration owed_after_gap{};
  /// The last verdict that was written, as Breaks encodes it.
  int told_verdict = -1;

 private:
  const BreakKind* rule_;
  /// Its own copy: it is asked for after the rule has gone.
  std::string name_;
};

}  // namespace nape

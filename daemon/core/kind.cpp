// SPDX-License-Identifier: Apache-2.0
#include "core/kind.hpp"

#include <algorithm>

namespace nape {

void Kind::inherit(const Kind& old, BootTime now) {
  const auto* rule = rule_;
  const auto& old_rule = *old.rule_;
  *this = old;
  rule_ = rule;
  merged_into.reset();
  if (*rule_ == old_rule) return;
  owed = std::min(every(), owed);
  // What has been paid stays paid; from here on the new rule says what rest is worth.
  if (run) run = RestRun{std::max(run->from, now), owed, run->day};
  if (run) rest_spent = std::max(rest_spent, now);
  if (begun) {
    const bool same_price = rule_->every == old_rule.every && rule_->length == old_rule.length &&
                            rule_->credit == old_rule.credit;
    if (!same_price) {
      begun->owed_before = owed;
      begun->kept = Duration::zero();
      begun->from = std::max(begun->from, now);
      begun->need = rule_->credit == Credit::whole ? rule_->length : rest_for(owed);
    }
  }
  if (old_rule.daily_budget != rule_->daily_budget) {
    run.reset();
    begun.reset();
    clear_due();
  } else if (old_rule.ladder != rule_->ladder) {
    rungs = 0;
    show_again = unreachable = false;
  }
}

void Kind::accrue(Duration amount) { owed = std::min(every(), owed + amount); }

Duration Kind::rest_for(Duration amount) const {
  if (every() <= Duration::zero()) return Duration::zero();
  // Rounded up: the last millisecond of rest must not leave a remainder owed.
  return Duration((amount.count() * rule_->length.count() + every().count() - 1) / every().count());
}

Duration Kind::paid_by(Duration rested, Duration owed_before) const {
  if (rule_->credit == Credit::whole)
    return rested >= rule_->length ? owed_before : Duration::zero();
  if (rule_->length <= Duration::zero()) return Duration::zero();
  const auto capped = std::min(rested, rule_->length);
  return std::min(owed_before, Duration(capped.count() * every().count() / rule_->length.count()));
}

Duration Kind::rested(BootTime now) const {
  if (begun && begun->blind) return begun->kept;
  if (begun) return begun->kept + std::max(Duration::zero(), now - begun->from);
  if (run) return std::max(Duration::zero(), now - run->from);
  return Duration::zero();
}

void Kind::pay(BootTime now) {
  if (begun) {
    if (begun->blind) return;
    const auto piece = now - begun->from;
    const auto missing = begun->need - begun->kept;
    if (piece < rule_->settle && piece < missing) return;
    const auto rested_so_far = begun->kept + piece;
    owed = rested_so_far >= begun->need
               ? Duration::zero()
               : begun->owed_before - paid_by(rested_so_far, begun->owed_before);
  } else if (run) {
    const auto rested_so_far = now - run->from;
    if (rule_->credit == Credit::proportional && rested_so_far < rule_->settle) return;
    owed = run->owed_before - paid_by(rested_so_far, run->owed_before);
  }
}

std::optional<BootTime> Kind::paid_at() const {
  if (begun && begun->blind) return std::nullopt;
  if (begun) return begun->from + (begun->need - begun->kept);
  if (!run || run->owed_before <= Duration::zero()) return std::nullopt;
  if (rule_->credit == Credit::whole) return run->from + rule_->length;
  return run->from + std::max(rule_->settle, rest_for(run->owed_before));
}

void Kind::clear_due() {
  due = false;
  overdue = Duration::zero();
  rungs = 0;
  show_again = delivered = unreachable = false;
  silent_until.reset();
  postponed = false;
  postpones_used = 0;
  held.reset();
  held_for = {};
  typing_since.reset();
}

void Kind::save(Saved& saved) {
  saved.field("owed", owed);
  saved.field("open", open);
  saved.field("open_changed", open_changed);
  saved.field("due", due);
  saved.field("overdue", overdue);
  saved.field("climbs_from", climbs_from);
  saved.field("rungs", rungs);
  saved.field("show_again", show_again);
  saved.field("delivered", delivered);
  saved.field("unreachable", unreachable);
  saved.field("silent_until", silent_until);
  saved.field("postponed", postponed);
  saved.field("postpones_used", postpones_used);
  saved.field("skips_used", skips_used);
  for (std::size_t i = 0; i < held_for.size(); ++i)
    saved.field("held_for_" + std::to_string(i), held_for[i]);
  saved.field("rest_spent", rest_spent);
  saved.field("paid_in_gap", paid_in_gap);
  saved.field("owed_before_gap", owed_before_gap);
  saved.field("owed_before_pause", owed_before_pause);
  saved.field("owed_after_gap", owed_after_gap);
  bool running = run.has_value();
  saved.field("run", running);
  if (running) {
    if (!run) run.emplace();
    saved.field("run_from", run->from);
    saved.field("run_owed_before", run->owed_before);
    saved.field("run_day", run->day);
  }
  bool has_begun = begun.has_value();
  saved.field("begun", has_begun);
  if (!has_begun) return;
  if (!begun) begun.emplace();
  saved.field("begun_boot", begun->begin.boot);
  saved.field("begun_wall", begun->begin.wall);
  saved.field("begun_day", begun->day);
  saved.field("begun_by_itself", begun->by_itself);
  saved.field("begun_from", begun->from);
  saved.field("begun_kept", begun->kept);
  saved.field("begun_need", begun->need);
  saved.field("begun_owed_before", begun->owed_before);
  saved.field("begun_grace_until", begun->grace_until);
  saved.field("begun_last_rest", begun->last_rest);
  saved.field("begun_blind", begun->blind);
}

}  // namespace nape

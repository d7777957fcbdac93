// SPDX-License-Identifier: Apache-2.0
//
// The accounts: accrual, rest, begun breaks, the person's words. What is shown is in ladder.cpp,
// why in verdict.cpp.
#include "core/breaks.hpp"

#include <algorithm>

#include "core/thresholds.hpp"

namespace nape {

Breaks::Breaks(const Policy& policy) {
  for (const auto& rule : policy.kinds) kinds_.emplace_back(rule);
}

Kind* Breaks::find(const std::string& name) {
  const auto found =
      std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& k) { return k.name() == name; });
  return found == kinds_.end() ? nullptr : &*found;
}

void Breaks::adopt(const Policy& policy, const Scene& scene, Effects& out) {
  // Rest up to here pays, and ends what it has paid, under the rule that it was taken under.
  for (auto& kind : kinds_) update_run(kind, scene, out);
  const auto before = std::move(kinds_);
  kinds_.clear();
  for (const auto& rule : policy.kinds) kinds_.emplace_back(rule);
  for (const auto& old : before) {
    auto* kind = find(old.name());
    if (kind) kind->inherit(old, scene.now.boot);
    const bool shown = kind && kind->due && kind->rungs > 0;
    if (old.due && !shown) out.emplace_back(Withdraw{old.name()});
    if (old.begun && (!kind || !kind->begun)) tell_lost(old, scene, out);
  }
}

/// Its kind is gone with the old policy, and the break with it.
void Breaks::tell_lost(const Kind& old, const Scene& scene, Effects& out) {
  const auto& begun = *old.begun;
  out.emplace_back(BreakEnded{old.name(), Outcome::partial, begun.begin, old.rested(scene.now.boot),
                              begun.owed_before - old.owed, old.owed, begun.day});
}

// --- accrual

bool Breaks::is_there(const Kind& kind, const Scene& scene) {
  return kind.rule().of == Of::use ? scene.attended : scene.sitting;
}

bool Breaks::in_begun(const Kind& kind) const {
  return kind.begun || (kind.merged_into && kinds_[*kind.merged_into].begun);
}

namespace {

/// The part of [from, to) in which the kind is inside its `when`.
Duration open_part(const Kind& kind, BootTime from, BootTime to) {
  if (kind.open) return std::max(Duration::zero(), to - std::max(from, kind.open_changed));
  return std::max(Duration::zero(), std::min(to, kind.open_changed) - from);
}

/// Nobody rests in [from, to), as far as the begun break can tell.
bool is_worked_through(const Kind& kind, BootTime from, BootTime to) {
  const auto longest = std::max(to - kind.begun->from, to - from);
  return !kind.begun->by_itself && longest < kind.rule().settle;
}

}  // namespace

void Breaks::accrue_sitting(BootTime from, BootTime to) {
  for (auto& kind : kinds_) {
    // A halted break still climbs: its ladder may end in a lock.
    const bool climbs = kind.due && kind.open && !kind.merged_into && !kind.held &&
                        !kind.silent_until &&
                        (kind.begun ? is_worked_through(kind, from, to) : !kind.gap_paid);
    if (climbs) kind.overdue += std::max(Duration::zero(), to - std::max(from, kind.climbs_from));
    const bool counts = kind.rule().of == Of::sitting && !kind.gap_paid && !in_begun(kind);
    if (counts) kind.accrue(open_part(kind, from, to));
  }
}

void Breaks::accrue_use(BootTime from, BootTime to) {
  for (auto& kind : kinds_) {
    const bool counts = kind.rule().of == Of::use && !kind.gap_paid && !in_begun(kind);
    if (counts) kind.accrue(open_part(kind, from, to));
  }
}

void Breaks::pass(const Scene& scene, Duration time) {
  for (auto& kind : kinds_) {
    if (!kind.due) continue;
    for (std::size_t i = 0; i < scene.holds.size(); ++i) {
      if (scene.holds[i]) kind.held_for[i] += time;
    }
  }
}

// --- rest

std::optional<BootTime> Breaks::rest_since(const Kind& kind, const Scene& scene) const {
  if (kind.rule().daily_budget) return std::nullopt;
  if (kind.merged_into && kinds_[*kind.merged_into].begun)
    return kinds_[*kind.merged_into].begun->from;
  return kind.rule().of == Of::use ? scene.inputless_since : scene.away_since;
}

void Breaks::update_run(Kind& kind, const Scene& scene, Effects& out) {
  if (kind.begun) {
    if (kind.begun->blind && scene.away_since) {
      // Other sensors know of a lock or a sleep.
      kind.begun->from = std::max(kind.begun->from, *scene.away_since);
      kind.begun->blind = false;
    }
    kind.pay(scene.now.boot);
    if (kind.owed == Duration::zero() && kind.rested(scene.now.boot) >= kind.begun->need) {
      end_begun(kind, scene, Outcome::taken, out);
    }
    return;
  }
  auto since = rest_since(kind, scene);
  if (since) since = std::max(*since, kind.rest_spent);
  if (kind.run && (!since || *since > kind.run->from)) close_run(kind, scene, scene.now.boot, out);
  if (since && !kind.run) kind.run = RestRun{*since, kind.owed, scene.day};
  if (!kind.run) return;
  kind.pay(scene.now.boot);
  if (kind.owed == Duration::zero() && kind.run->owed_before > Duration::zero()) {
    close_run(kind, scene, scene.now.boot, out);
  }
}

/// A rest outside a begun break is over, or has paid all.
void Breaks::close_run(Kind& kind, const Scene& scene, BootTime at, Effects& out) {
  kind.pay(at);
  const auto run = *kind.run;
  kind.run.reset();
  kind.rest_spent = std::max(kind.rest_spent, at);
  const auto paid = run.owed_before - kind.owed;
  if (paid <= Duration::zero()) return;
  const bool prompted = kind.due && kind.delivered && !kind.silent_until;
  const bool all = kind.owed == Duration::zero();
  const auto outcome = !prompted ? Outcome::natural : all ? Outcome::taken : Outcome::partial;
  complete(kind, {outcome, scene.now.at(run.from), at - run.from, paid, run.day}, scene.now.boot,
           out);
}

/// A rest is over: told where it must be, and where nothing is owed any more the account begins
/// anew.
void Breaks::complete(Kind& kind, const Rest& rest, BootTime now, Effects& out) {
  kind.paid_in_gap = kind.paid_in_gap || rest.paid > Duration::zero();
  const bool told = rest.outcome != Outcome::natural || rest.paid * 2 >= kind.every();
  if (told && !kind.merged_into) {
    out.emplace_back(BreakEnded{kind.name(), rest.outcome, rest.begin, rest.rested, rest.paid,
                                kind.owed, rest.day});
  }
  if (kind.owed > Duration::zero()) return;
  if (kind.due && !kind.merged_into) out.emplace_back(Withdraw{kind.name()});
  kind.clear_due();
  const auto index = static_cast<std::size_t>(&kind - kinds_.data());
  for (auto& other : kinds_) {
    if (other.merged_into != index) continue;
    other.owed = Duration::zero();
    other.paid_in_gap = true;
    other.run.reset();
    other.rest_spent = std::max(other.rest_spent, now);
    other.clear_due();
  }
}

// --- input

void Breaks::before_input(const Scene& scene, BootTime at, Effects& out) {
  for (auto& kind : kinds_) {
    kind.gap_paid = kind.paid_in_gap || in_begun(kind);
    if (kind.begun) input_in_begun(kind, scene, at, out);
    if (!kind.run) continue;
    kind.pay(at);
    kind.gap_paid = kind.gap_paid || kind.owed < kind.run->owed_before;
    close_run(kind, scene, at, out);
  }
}

void Breaks::after_input() {
  for (auto& kind : kinds_) kind.gap_paid = kind.paid_in_gap = false;
}

void Breaks::begin_gap() {
  for (auto& kind : kinds_) kind.owed_before_pause = kind.owed;
}

void Breaks::end_gap() {
  for (auto& kind : kinds_) {
    kind.owed_before_gap = kind.owed_before_pause;
    kind.owed_after_gap = kind.owed;
  }
}

void Breaks::input_in_begun(Kind& kind, const Scene& scene, BootTime at, Effects& out) {
  auto& begun = *kind.begun;
  if (at < begun.grace_until) return;
  const auto piece = at - begun.from;
  if (begun.by_itself) {
    kind.pay(at);
    end_begun(kind, scene, kind.owed == Duration::zero() ? Outcome::taken : Outcome::partial, out);
    return;
  }
  if (kind.rule().insist == Insist::ignore) return;
  kind.pay(at);
  if (piece >= kind.rule().settle) {
    begun.kept += piece;
    begun.last_rest = at;
  }
  begun.from = at;
  if (kind.rule().insist == Insist::reset) {
    begun.kept = Duration::zero();
    kind.owed = begun.owed_before;
  }
  // Nobody is resting, and no overlay keeps the person from working: it was not a break after all.
  const bool covered = kind.rungs > 0 && kind.delivered &&
                       kind.rule().ladder[kind.rungs - 1].stage >= Stage::overlay;
  if (!covered && at - begun.last_rest >= kind.rule().length)
    end_begun(kind, scene, Outcome::partial, out);
}

// --- begun breaks

void Breaks::begin(Kind& kind, const Scene& scene, BootTime at, bool by_itself, Effects& out) {
  const auto now = scene.now.boot;
  kind.run.reset();
  BegunBreak begun;
  begun.begin = scene.now.at(at);
  begun.day = scene.day;
  begun.by_itself = by_itself;
  begun.from = begun.last_rest = at;
  begun.owed_before = kind.owed;
  const bool whole = kind.rule().credit == Credit::whole;
  begun.need = kind.due && !whole ? kind.rest_for(kind.owed) : kind.rule().length;
  if (!by_itself) begun.grace_until = now + thresholds::answer_grace;
  kind.begun = begun;
  kind.silent_until.reset();
  kind.postponed = false;
  out.emplace_back(BreakBegan{kind.name(), begun.begin, by_itself});
}

/// The break is over; what it paid stays.
void Breaks::end_begun(Kind& kind, const Scene& scene, Outcome outcome, Effects& out) {
  const auto begun = *kind.begun;
  const auto rested = std::min(kind.rested(scene.now.boot), std::max(begun.need, begun.kept));
  kind.begun.reset();
  kind.rest_spent = scene.now.boot;
  complete(kind, {outcome, begun.begin, rested, begun.owed_before - kind.owed, begun.day},
           scene.now.boot, out);
}

// --- words

std::optional<Refusal> Breaks::start(const std::string& name, const Scene& scene, Effects& out) {
  auto* kind = find(name);
  if (!kind) return Refusal::no_such_kind;
  if (kind->rule().daily_budget) return Refusal::only_tells;
  if (kind->begun) return Refusal::already_begun;
  kind->merged_into.reset();
  begin(*kind, scene, scene.now.boot, false, out);
  return std::nullopt;
}

void Breaks::silence(Kind& kind, const Scene& scene, Duration length, Outcome outcome,
                     Effects& out) {
  if (kind.begun) {
    kind.pay(scene.now.boot);
    end_begun(kind, scene, outcome, out);
  } else {
    complete(kind, {outcome, scene.now, Duration::zero(), Duration::zero(), scene.day},
             scene.now.boot, out);
  }
  if (!kind.due) return;
  out.emplace_back(Withdraw{kind.name()});
  kind.silent_until = scene.now.boot + length;
  kind.postponed = outcome == Outcome::postponed;
  kind.held.reset();
}

std::optional<Refusal> Breaks::postpone(const std::string& name, const Scene& scene, Effects& out) {
  auto* kind = find(name);
  if (!kind) return Refusal::no_such_kind;
  if (!kind->due || kind->merged_into) return Refusal::not_due;
  if (kind->postpones_used >= kind->rule().postpone.times) return Refusal::no_budget;
  ++kind->postpones_used;
  silence(*kind, scene, kind->rule().postpone.length, Outcome::postponed, out);
  return std::nullopt;
}

std::optional<Refusal> Breaks::skip(const std::string& name, const Scene& scene, Effects& out) {
  auto* kind = find(name);
  if (!kind) return Refusal::no_such_kind;
  if (!kind->due || kind->merged_into) return Refusal::not_due;
  if (kind->skips_used >= kind->rule().skips_a_day) return Refusal::no_budget;
  ++kind->skips_used;
  silence(*kind, scene, kind->every() / 2, Outcome::skipped, out);
  return std::nullopt;
}

std::optional<Refusal> Breaks::exit(const std::string& name, const Scene& scene, Effects& out) {
  auto* kind = find(name);
  if (!kind) return Refusal::no_such_kind;
  if (!kind->begun && (!kind->due || kind->merged_into)) return Refusal::not_begun;
  silence(*kind, scene, kind->every() / 2, Outcome::exit, out);
  return std::nullopt;
}

/// The last gap was not what it seemed: what came after it stays, what it did to the accounts is
/// done anew.
void Breaks::correct(word::Was::What what, Duration length, const Scene& scene, Effects& out) {
  for (auto& kind : kinds_) {
    if (kind.rule().of != Of::sitting || kind.rule().daily_budget || kind.begun) continue;
    const auto since = std::max(Duration::zero(), kind.owed - kind.owed_after_gap);
    const auto before = kind.owed_before_gap;
    if (what == word::Was::What::reading) {
      kind.owed = std::min(kind.every(), before + length + since);
      kind.owed_after_gap = std::min(kind.every(), before + length);
      continue;
    }
    const auto paid = kind.paid_by(length, before);
    kind.owed = std::min(kind.owed, before - paid + since);
    kind.owed_after_gap = before - paid;
    const bool paid_in_gap = kind.paid_in_gap;
    complete(kind, {Outcome::natural, scene.now.after(-length), length, paid, scene.day},
             scene.now.boot, out);
    kind.paid_in_gap = paid_in_gap;  // the gap that is corrected is over
  }
}

// --- the rest of life

void Breaks::on_calendar(const CalendarTurn& turn, bool new_day, BootTime now, Effects& out) {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    auto& kind = kinds_[i];
    const bool open = i >= turn.open.size() || turn.open[i];
    if (kind.open && !open && kind.due) {
      out.emplace_back(Withdraw{kind.name()});
      kind.show_again = kind.rungs > 0;
    }
    if (kind.open != open) kind.open_changed = now;
    kind.open = open;
    if (!new_day) continue;
    kind.postpones_used = kind.skips_used = 0;
    if (!kind.rule().daily_budget) continue;
    if (kind.due) out.emplace_back(Withdraw{kind.name()});
    kind.owed = Duration::zero();
    kind.clear_due();
  }
}

void Breaks::on_downtime(BootTime from, BootTime rest) {
  if (rest == from) return;  // known to be rest from its first second: what was running runs on
  for (auto& kind : kinds_) {
    kind.pay(from);
    if (kind.begun) {
      kind.begun->kept += std::max(Duration::zero(), from - kind.begun->from);
      kind.begun->from = rest;
    } else if (kind.run) {
      kind.run.reset();
      kind.rest_spent = std::max(kind.rest_spent, from);
    }
  }
}

void Breaks::on_blind(bool blind, BootTime now) {
  for (auto& kind : kinds_) {
    if (!kind.begun || kind.begun->blind == blind) continue;
    kind.pay(now);
    auto& begun = *kind.begun;
    if (blind && now - begun.from >= kind.rule().settle) begun.kept += now - begun.from;
    begun.from = now;
    begun.blind = blind;
  }
}

void Breaks::on_reach(Stage stage) {
  for (auto& kind : kinds_) {
    if (!kind.due || !kind.unreachable || kind.rungs == 0) continue;
    if (kind.rule().ladder[kind.rungs - 1].stage == stage) kind.show_again = true;
  }
}

bool Breaks::rest_matters() const {
  return std::any_of(kinds_.begin(), kinds_.end(), [](const Kind& kind) {
    return kind.rule().of == Of::sitting && !kind.rule().daily_budget &&
           kind.owed * 2 >= kind.every();
  });
}

void Breaks::save(Saved& saved) {
  for (auto& kind : kinds_) {
    saved.prefix("kind." + kind.name() + ".");
    kind.save(saved);
  }
  saved.prefix("");
}

}  // namespace nape

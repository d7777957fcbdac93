// SPDX-License-Identifier: Apache-2.0
//
// What is shown and when: merging, falling due, holds, the rungs of the ladder, breaks that begin
// by themselves.
#include <algorithm>

#include "core/breaks.hpp"
#include "core/thresholds.hpp"

namespace nape {

void Breaks::review(const Scene& scene, Effects& out) {
  // Runs first: a rest that has paid all must not fall due, nor be merged into what it no longer
  // owes.
  for (auto& kind : kinds_) update_run(kind, scene, out);
  merge(scene, out);
  // All fall due before anything is shown: two must not prompt at once.
  for (auto& kind : kinds_) become_due(kind, scene, out);
  for (auto& kind : kinds_) {
    if (kind.held || kind.silent_until || kind.merged_into) kind.climbs_from = scene.now.boot;
    if (kind.due && !kind.merged_into && kind.open) climb(kind, scene, out);
    tell_why(kind, scene, out);
  }
}

// --- several kinds

bool Breaks::speaks_for(const Kind& longer, const Kind& shorter, const Scene& scene) const {
  if (&longer == &shorter || longer.rule().daily_budget) return false;
  if (!longer.open && !longer.begun) return false;
  const auto length = longer.rule().length;
  const bool is_longer =
      length > shorter.rule().length || (length == shorter.rule().length && &longer < &shorter);
  if (!is_longer) return false;
  if (longer.due || longer.begun) return true;
  return is_there(longer, scene) &&
         longer.every() - longer.owed <= shorter.rule().length + thresholds::merge_slack;
}

void Breaks::merge(const Scene& scene, Effects& out) {
  for (auto& shorter : kinds_) {
    std::optional<std::size_t> into;
    if (!shorter.rule().daily_budget && !shorter.begun) {
      for (std::size_t i = 0; i < kinds_.size(); ++i) {
        if (!speaks_for(kinds_[i], shorter, scene)) continue;
        if (!into || kinds_[i].rule().length > kinds_[*into].rule().length) into = i;
      }
    }
    if (into && !shorter.merged_into && shorter.due) out.emplace_back(Withdraw{shorter.name()});
    if (!into && shorter.merged_into) shorter.show_again = shorter.rungs > 0;
    shorter.merged_into = into;
  }
}

/// Two kinds never prompt at once: a daily budget, which merges with nothing, waits for the others.
bool Breaks::another_prompts(const Kind& kind) const {
  return std::any_of(kinds_.begin(), kinds_.end(), [&](const Kind& other) {
    return &other != &kind && other.due && !other.merged_into && other.open &&
           !other.silent_until && !other.held && (!other.rule().daily_budget || &other < &kind);
  });
}

// --- due

void Breaks::become_due(Kind& kind, const Scene& scene, Effects& out) {
  if (kind.due || kind.begun || kind.merged_into || !kind.open || !kind.is_full() || !scene.fresh)
    return;
  kind.due = true;
  kind.climbs_from = scene.now.boot;
  out.emplace_back(BreakDue{kind.name()});
}

std::optional<HoldReason> Breaks::hold_on(const Kind& kind, const Scene& scene) const {
  const auto is_on = [&](HoldReason reason) {
    return scene.holds[static_cast<std::size_t>(reason)];
  };
  for (const auto& hold : kind.rule().holds) {
    if (hold.reason == HoldReason::typing || !is_on(hold.reason)) continue;
    if (kind.held_for[static_cast<std::size_t>(hold.reason)] < hold.longest) return hold.reason;
  }
  if (is_on(HoldReason::pause)) return HoldReason::pause;
  if (is_on(HoldReason::quiet)) return HoldReason::quiet;
  return std::nullopt;
}

// --- the ladder

void Breaks::climb(Kind& kind, const Scene& scene, Effects& out) {
  if (kind.silent_until && *kind.silent_until <= scene.now.boot) {
    kind.silent_until.reset();
    kind.postponed = false;
    kind.show_again = kind.rungs > 0;
  }
  if (kind.silent_until) return;
  const auto hold = hold_on(kind, scene);
  const bool newly = hold && hold != kind.held;
  if (hold || kind.held != HoldReason::typing) kind.held = hold;
  if (newly) out.emplace_back(BreakHeld{kind.name(), *hold});
  if (hold) return;
  const bool resting = kind.begun && (kind.begun->by_itself ||
                                      scene.now.boot - kind.begun->from >= kind.rule().settle);
  if (!resting && scene.fresh && is_there(kind, scene) && is_rung_ready(kind, scene)) {
    if (!another_prompts(kind) || !kind.rule().daily_budget) show(kind, scene, out);
  }
  // What was shown is explained, also where the break begins in the same moment.
  tell_why(kind, scene, out);
  begin_by_itself(kind, scene, out);
}

bool Breaks::is_rung_ready(const Kind& kind, const Scene& scene) const {
  const auto& ladder = kind.rule().ladder;
  const bool may_again = kind.show_again && (ladder[kind.rungs - 1].stage < Stage::overlay ||
                                             !is_held_back(kind, scene));
  return may_again || may_climb(kind, scene);
}

/// The next rung has been reached. Past its longest hold a call lets a prompt through, and nothing
/// that covers the screen: that waits for its end.
bool Breaks::may_climb(const Kind& kind, const Scene& scene) {
  const auto& ladder = kind.rule().ladder;
  if (kind.rungs >= ladder.size() || kind.overdue < ladder[kind.rungs].at) return false;
  return ladder[kind.rungs].stage < Stage::overlay || !is_held_back(kind, scene);
}

/// Waits for a pause in typing, but not for ever.
bool Breaks::waits_for_typing(Kind& kind, const Scene& scene, Effects& out) {
  const auto& holds = kind.rule().holds;
  const auto typing = std::find_if(holds.begin(), holds.end(),
                                   [](const Hold& h) { return h.reason == HoldReason::typing; });
  const auto now = scene.now.boot;
  const bool types =
      typing != holds.end() && scene.last_key && now - *scene.last_key < thresholds::typing_pause;
  if (types && !kind.typing_since) kind.typing_since = now;
  if (types && now - *kind.typing_since < typing->longest) {
    if (!kind.held) out.emplace_back(BreakHeld{kind.name(), HoldReason::typing});
    kind.held = HoldReason::typing;
    return true;
  }
  kind.typing_since.reset();
  if (kind.held == HoldReason::typing) kind.held.reset();
  return false;
}

bool Breaks::is_held_back(const Kind& kind, const Scene& scene) {
  const auto& holds = kind.rule().holds;
  return std::any_of(holds.begin(), holds.end(), [&](const Hold& hold) {
    return hold.reason != HoldReason::typing && scene.holds[static_cast<std::size_t>(hold.reason)];
  });
}

void Breaks::show(Kind& kind, const Scene& scene, Effects& out) {
  if (waits_for_typing(kind, scene, out)) return;
  const auto& ladder = kind.rule().ladder;
  // A long gap may have passed several rungs: only the last of them is shown.
  while (may_climb(kind, scene)) ++kind.rungs;
  kind.show_again = false;
  const auto& rung = ladder[kind.rungs - 1];
  const bool reachable = scene.reachable[static_cast<std::size_t>(rung.stage)];
  kind.unreachable = !reachable;
  kind.delivered = kind.delivered || reachable;
  BreakStage stage;
  stage.kind = kind.name();
  stage.stage = rung.stage;
  stage.stay = rung.stay;
  stage.reachable = reachable;
  stage.owed_rest = kind.rest_for(kind.owed);
  stage.stretch = scene.stretch;
  stage.postpones_left = kind.postpones_left();
  stage.postpone_length = kind.rule().postpone.length;
  stage.skips_left = kind.skips_left();
  out.emplace_back(stage);
  if (reachable && rung.stage >= Stage::overlay && !kind.begun)
    begin(kind, scene, scene.now.boot, false, out);
}

// --- breaks that begin by themselves

bool Breaks::may_begin_by_itself(const Kind& kind, const Scene& scene) const {
  return kind.due && kind.delivered && !kind.begun && !kind.merged_into &&
         !kind.rule().daily_budget && !kind.silent_until && !scene.carried && !scene.blind &&
         scene.attended;
}

/// Since when nothing has stirred, as far as that could be seen: a rest that could begin a break.
BootTime Breaks::still_since(const Kind& kind, const Scene& scene) {
  return std::max({scene.stirred, scene.inputless_since.value_or(scene.stirred), kind.rest_spent});
}

void Breaks::begin_by_itself(Kind& kind, const Scene& scene, Effects& out) {
  if (!may_begin_by_itself(kind, scene)) return;
  const auto since = still_since(kind, scene);
  if (scene.now.boot - since < kind.rule().settle) return;
  // A rest that pays already has its own account: what it paid so far is part of this break.
  // What it paid before anything stirred stays paid.
  auto owed = kind.owed;
  if (kind.run) {
    const auto before = std::max(Duration::zero(), since - kind.run->from);
    owed = kind.run->owed_before - kind.paid_by(before, kind.run->owed_before);
  }
  kind.owed = owed;
  begin(kind, scene, since, true, out);
  update_run(kind, scene, out);
}

// --- deadlines

std::optional<BootTime> Breaks::deadline(const Scene& scene) const {
  std::optional<BootTime> next;
  const auto now = scene.now.boot;
  const auto at = [&](BootTime time) {
    if (time > now && (!next || time < *next)) next = time;
  };
  for (const auto& kind : kinds_) {
    if (const auto paid = kind.paid_at()) at(*paid);
    if (!kind.open) continue;
    if (!kind.due) {
      const bool grows = kind.rule().of == Of::sitting && !in_begun(kind);
      if (scene.carried && scene.sitting && grows) at(now + (kind.every() - kind.owed));
      continue;
    }
    if (kind.merged_into) continue;
    if (kind.silent_until) at(*kind.silent_until);
    if (may_begin_by_itself(kind, scene)) {
      at(still_since(kind, scene) + kind.rule().settle);
    }
    for (const auto& hold : kind.rule().holds) {
      const auto index = static_cast<std::size_t>(hold.reason);
      if (hold.reason != HoldReason::typing && scene.holds[index])
        at(now + (hold.longest - kind.held_for[index]));
      if (hold.reason == HoldReason::typing && kind.typing_since) {
        at(*kind.typing_since + hold.longest);
        if (scene.last_key) at(*scene.last_key + thresholds::typing_pause);
      }
    }
    const auto& ladder = kind.rule().ladder;
    const bool climbs = scene.carried && scene.sitting && !kind.held && !kind.silent_until;
    if (climbs && kind.rungs < ladder.size()) at(now + (ladder[kind.rungs].at - kind.overdue));
    if (!climbs || !kind.due) continue;
    for (const auto& longer : kinds_) {
      const auto near = longer.every() - longer.owed - kind.rule().length - thresholds::merge_slack;
      if (!longer.due && longer.rule().of == Of::sitting) at(now + near);
    }
  }
  return next;
}

}  // namespace nape

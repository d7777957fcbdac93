// SPDX-License-Identifier: Apache-2.0
//
// Why: the verdict on each kind, written with its numbers whenever it changes.
#include "core/breaks.hpp"
#include "core/words.hpp"

namespace nape {

Verdict Breaks::verdict(const Kind& kind, const Scene& scene) const {
  if (kind.begun) return Verdict::begun;
  if (!kind.open) return Verdict::closed;
  if (kind.merged_into && (kind.due || kind.is_full())) return Verdict::merged;
  if (!kind.due) {
    if (scene.presence == PresenceState::unknown) return Verdict::unknown;
    return is_there(kind, scene) ? Verdict::accruing : Verdict::resting;
  }
  if (kind.silent_until) return kind.postponed ? Verdict::postponed : Verdict::silenced;
  if (kind.held) return Verdict::held;
  return is_there(kind, scene) ? Verdict::prompting : Verdict::waiting;
}

std::string Breaks::because(const Kind& kind, Verdict verdict, const Scene& scene) const {
  switch (verdict) {
    case Verdict::merged:
      return kinds_[*kind.merged_into].name();
    case Verdict::held:
      return std::string(word_for(*kind.held));
    case Verdict::prompting:
      return kind.rungs > 0 ? std::string(word_for(kind.rule().ladder[kind.rungs - 1].stage)) : "";
    case Verdict::begun:
      return kind.begun->by_itself ? "by_itself" : "asked";
    default:
      return std::string(word_for(scene.reason));
  }
}

void Breaks::tell_why(Kind& kind, const Scene& scene, Effects& out) {
  const auto now = verdict(kind, scene);
  // What makes two entries different, without building their texts: the verdict and what it names.
  int detail = 0;
  if (now == Verdict::held) detail = 1 + static_cast<int>(*kind.held);
  if (now == Verdict::prompting) detail = static_cast<int>(kind.rungs);
  if (now == Verdict::merged) detail = static_cast<int>(*kind.merged_into);
  const int told = static_cast<int>(now) * 64 + detail;
  if (told == kind.told_verdict) return;
  kind.told_verdict = told;
  Why why;
  why.kind = kind.name();
  why.verdict = now;
  why.because = because(kind, now, scene);
  why.owed = kind.owed;
  why.every = kind.every();
  why.overdue = kind.overdue;
  why.since_proof = scene.now.boot - scene.proof;
  why.presence = scene.presence;
  out.emplace_back(why);
}

std::vector<KindStatus> Breaks::status(const Scene& scene) const {
  std::vector<KindStatus> all;
  for (const auto& kind : kinds_) {
    const auto& rule = kind.rule();
    auto& status = all.emplace_back();
    status.name = rule.name;
    status.of = rule.of;
    status.every = rule.every;
    status.length = rule.length;
    status.daily_budget = rule.daily_budget;
    status.owed = kind.owed;
    status.overdue = kind.overdue;
    status.due = kind.due;
    status.verdict = verdict(kind, scene);
    status.because = because(kind, status.verdict, scene);
    if (kind.rungs > 0) status.stage = rule.ladder[kind.rungs - 1].stage;
    if (kind.silent_until) status.silent_until = scene.now.at(*kind.silent_until);
    if (kind.begun) status.begun = kind.begun->begin;
    status.rested = kind.rested(scene.now.boot);
    status.owed_rest = kind.rest_for(kind.owed);
    status.postpones_left = kind.postpones_left();
    status.skips_left = kind.skips_left();
  }
  return all;
}

}  // namespace nape

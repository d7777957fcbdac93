// SPDX-License-Identifier: Apache-2.0
//
// Breaks: what is due, shown, begun, ended, silenced, and why.
#include <algorithm>

#include "life_watch.hpp"

namespace nape::life {
namespace {

using namespace std::chrono_literals;

bool has_hold(const BreakKind& kind, HoldReason reason) {
  return std::any_of(kind.holds.begin(), kind.holds.end(),
                     [&](const Hold& hold) { return hold.reason == reason; });
}

bool was_refused(const Seen& seen) {
  return std::any_of(seen.effects.begin(), seen.effects.end(),
                     [](const Effect& e) { return std::holds_alternative<Refused>(e); });
}

}  // namespace

void LifeWatch::take_word(const Seen& seen, const std::string& kind, Duration silence) {
  if (was_refused(seen)) return;
  tracks_[kind].silent_until = seen.at() + silence;
}

void LifeWatch::check_breaks(const Seen& seen) {
  const bool new_day = [&] {
    const auto* turn = std::get_if<CalendarTurn>(&seen.event);
    return turn && turn->day != day_;
  }();
  if (const auto* turn = std::get_if<CalendarTurn>(&seen.event)) {
    day_ = turn->day;
    unsigned closed = 0;
    for (std::size_t i = 0; i < turn->open.size(); ++i) closed |= turn->open[i] ? 0u : 1u << i;
    if (closed != closed_) closed_changed_ = seen.at();
    closed_ = closed;
  }
  for (const auto& kind : seen.after.kinds) {
    // A budget that was a break, or the other way round, is another thing by the same name.
    const auto was = std::find_if(seen.before.kinds.begin(), seen.before.kinds.end(),
                                  [&](const KindStatus& k) { return k.name == kind.name; });
    if (was == seen.before.kinds.end() || was->daily_budget != kind.daily_budget)
      tracks_[kind.name].silent_until.reset();
  }
  for (const auto& effect : seen.effects) {
    if (const auto* due = std::get_if<BreakDue>(&effect)) check_due(seen, *due);
    if (const auto* why = std::get_if<Why>(&effect)) tracks_[why->kind].verdict = why->verdict;
    if (const auto* gone = std::get_if<Withdraw>(&effect)) tracks_[gone->kind].on_screen = false;
    if (const auto* began = std::get_if<BreakBegan>(&effect)) {
      auto& track = tracks_[began->kind];
      if (track.begun) complain(seen, began->kind, "a break began inside a break");
      if (began->at.boot > seen.now.boot)
        complain(seen, began->kind, "a break began in the future");
      track.begun = true;
    }
    if (const auto* ended = std::get_if<BreakEnded>(&effect)) {
      auto& track = tracks_[ended->kind];
      track.begun = false;
      if (ended->rested < 0ms || ended->paid < 0ms || ended->owed < 0ms)
        complain(seen, ended->kind, "a break ended with less than nothing");
    }
    if (const auto* stage = std::get_if<BreakStage>(&effect)) check_stage(seen, *stage);
  }
  for (const auto& kind : seen.after.kinds) {
    auto& track = tracks_[kind.name];
    if (track.begun != kind.begun.has_value())
      complain(seen, kind.name, "a break began or ended, and that was not told");
    track.begun = kind.begun.has_value();
    if (!kind.due) track.postpones = 0, track.on_screen = false;
    if (kind.owed == 0ms) track.silent_until.reset();
    if (new_day) track.postpones = track.skips = 0;
    if (track.verdict && *track.verdict != kind.verdict &&
        !std::holds_alternative<Downtime>(seen.event) && !asleep_since_ &&
        !std::holds_alternative<Suspended>(seen.event))
      complain(seen, kind.name, "the verdict changed, and the why-log does not say so");
  }
  const auto* start = std::get_if<word::Start>(&seen.event);
  if (start && !was_refused(seen)) tracks_[start->kind].silent_until.reset();
  if (std::holds_alternative<word::Was>(seen.event)) {
    for (auto& [name, track] : tracks_) track.silent_until.reset();
  }
  const auto* exit = std::get_if<word::Exit>(&seen.event);
  if (exit && rule(exit->kind)) take_word(seen, exit->kind, rule(exit->kind)->every / 2);
  const auto* skip = std::get_if<word::Skip>(&seen.event);
  if (skip && rule(skip->kind) && !was_refused(seen)) {
    take_word(seen, skip->kind, rule(skip->kind)->every / 2);
    if (++tracks_[skip->kind].skips > rule(skip->kind)->skips_a_day)
      complain(seen, skip->kind, "skipped more often than the policy allows");
  }
  const auto* postpone = std::get_if<word::Postpone>(&seen.event);
  if (postpone && rule(postpone->kind) && !was_refused(seen)) {
    take_word(seen, postpone->kind, rule(postpone->kind)->postpone.length);
    if (++tracks_[postpone->kind].postpones > rule(postpone->kind)->postpone.times)
      complain(seen, postpone->kind, "postponed more often than the policy allows");
  }
  check_one_prompts(seen);
}

void LifeWatch::check_due(const Seen& seen, const BreakDue& due) {
  const auto& kind = *rule(due.kind);
  if (!is_certain(seen)) complain(seen, due.kind, "fell due while nobody was certainly there");
  const auto& track = tracks_[due.kind];
  if (track.silent_until && seen.at() < *track.silent_until)
    complain(seen, due.kind, "fell due after an exit, skip or postponement");
  if (kind.daily_budget) return;
  for (const auto& other : seen.after.kinds) {
    const auto& longer = *rule(other.name);
    if (other.name == due.kind || longer.daily_budget || longer.length <= kind.length) continue;
    const auto was = std::find_if(seen.before.kinds.begin(), seen.before.kinds.end(),
                                  [&](const KindStatus& k) { return k.name == other.name; });
    if (was == seen.before.kinds.end() || !was->due || !other.due) continue;
    if (other.verdict == Verdict::closed || was->verdict == Verdict::closed) continue;
    complain(seen, due.kind, "fell due although the longer " + other.name + " is due");
  }
}

void LifeWatch::check_stage(const Seen& seen, const BreakStage& stage) {
  const auto& kind = *rule(stage.kind);
  auto& track = tracks_[stage.kind];
  if (stage.reachable) track.on_screen = true;
  if (!is_certain(seen)) complain(seen, stage.kind, "was shown while nobody was certainly there");
  if (seen.after.locked) complain(seen, stage.kind, "was shown on a locked screen");
  if (track.silent_until && seen.at() < *track.silent_until)
    complain(seen, stage.kind, "was shown after an exit, skip or postponement");
  if (seen.after.paused) complain(seen, stage.kind, "was shown in a pause");
  if (seen.after.quiet) complain(seen, stage.kind, "was shown in quiet hours");
  if (stage.postpones_left < 0 || stage.skips_left < 0)
    complain(seen, stage.kind, "was shown with less than nothing left of a budget");
  const bool call = seen.after.signals[static_cast<std::size_t>(SignalKind::microphone)] ||
                    seen.after.signals[static_cast<std::size_t>(SignalKind::camera)];
  if (stage.stage >= Stage::overlay && call && has_hold(kind, HoldReason::call))
    complain(seen, stage.kind, "covered the screen in a call");
  // The verdict of this very moment may stand later in the list.
  const auto explains = [](std::optional<Verdict> verdict) {
    return verdict == Verdict::prompting || verdict == Verdict::begun;
  };
  bool explained = explains(track.verdict);
  for (const auto& effect : seen.effects) {
    const auto* why = std::get_if<Why>(&effect);
    explained = explained || (why && why->kind == stage.kind && explains(why->verdict));
  }
  if (!explained) complain(seen, stage.kind, "was shown, and the why-log does not say why");
}

void LifeWatch::check_one_prompts(const Seen& seen) {
  std::string prompting;
  std::string shown;
  for (const auto& kind : seen.after.kinds) {
    if (kind.daily_budget) continue;
    if (kind.verdict == Verdict::prompting) {
      if (!prompting.empty()) complain(seen, kind.name, "prompts beside " + prompting);
      prompting = kind.name;
    }
    if (tracks_[kind.name].on_screen && !tracks_[kind.name].begun) {
      if (!shown.empty()) complain(seen, kind.name, "is on the screen beside " + shown);
      shown = kind.name;
    }
  }
}

}  // namespace nape::life

// SPDX-License-Identifier: Apache-2.0
#include "config/kind_reader.hpp"

#include <algorithm>

#include "config/policy_check.hpp"
#include "config/schedule_reader.hpp"
#include "config/sentence.hpp"

namespace nape::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration day = hours(24);

void read_reset(Section& section, BreakKind& kind) {
  const auto reset = section.text("reset");
  if (!reset) return;
  kind.daily_budget = *reset == "day";
  if (!kind.daily_budget) {
    section.error("reset", say("{} is not known", in_quotes(*reset)),
                  tr("write reset = \"day\", or leave it out"));
    return;
  }
  for (const char* key : {"credit", "settle", "insist"}) {
    if (section.has(key)) {
      section.error(key, tr("has no meaning with reset = \"day\": no rest pays a daily budget"),
                    tr("leave it out"));
    }
  }
}

void read_amounts(Section& section, BreakKind& kind, Needed needed) {
  kind.every = section.duration("every", seconds(1), day).value_or(kind.every);
  kind.of = section.word<Of>("of", 2).value_or(kind.of);
  kind.length = section.duration("length", seconds(1), day).value_or(kind.length);
  kind.credit = section.word<Credit>("credit", 2).value_or(kind.credit);
  kind.settle = section.duration("settle", seconds(1), minutes(5)).value_or(kind.settle);
  if (needed == Needed::none) return;
  if (!section.has("every"))
    section.missing("every", tr("write every = \"50m\": how much makes it due"));
  if (!section.has("of")) section.missing("of", tr("write of = \"use\" or of = \"sitting\""));
  if (!section.has("length") && !kind.daily_budget) {
    section.missing(
        "length",
        tr("write length = \"5m\": how much rest pays it; or reset = \"day\" for a daily budget"));
  }
}

void read_ladder(Section& section, BreakKind& kind) {
  if (!section.has("ladder")) return;
  kind.ladder.clear();
  for (Section& step : section.sections("ladder", most_ladder_steps)) {
    LadderStep rung;
    rung.at = step.duration("at", seconds(0), day).value_or(rung.at);
    rung.stage = step.word<Stage>("step", stage_count).value_or(rung.stage);
    rung.stay = step.flag("stay").value_or(false);
    if (!step.has("at"))
      step.missing("at", tr("write at = \"3m\": how long it has been due by then"));
    if (!step.has("step"))
      step.missing("step", tr("write step = \"nudge\", \"prompt\", \"overlay\" or \"lock\""));
    if (rung.stay && rung.stage != Stage::nudge) {
      step.error("stay", tr("is for nudges: every other step stays by itself"), tr("leave it out"));
    }
    step.finish();
    kind.ladder.push_back(rung);
  }
}

void read_budgets(Section& section, BreakKind& kind) {
  if (auto postpone = section.section("postpone")) {
    kind.postpone.times = postpone->number("times", 0, 20).value_or(0);
    kind.postpone.length =
        postpone->duration("length", seconds(1), hours(2)).value_or(Duration::zero());
    if (!postpone->has("times")) postpone->missing("times", tr("write times = 2; 0 for none"));
    if (!postpone->has("length") && kind.postpone.times > 0) {
      postpone->missing("length", tr("write length = \"3m\""));
    }
    postpone->finish();
  }
  if (auto skip = section.section("skip")) {
    kind.skips_a_day = skip->number("per_day", 0, 100).value_or(0);
    if (!skip->has("per_day")) skip->missing("per_day", tr("write per_day = 3; 0 for none"));
    skip->finish();
  }
}

void set_hold(BreakKind& kind, HoldReason reason, Duration longest) {
  std::erase_if(kind.holds, [reason](const Hold& hold) { return hold.reason == reason; });
  if (longest > Duration::zero()) kind.holds.push_back({reason, longest});
}

void read_holds(Section& section, BreakKind& kind) {
  auto holds = section.section("hold");
  if (!holds) return;
  for (const HoldReason reason : {HoldReason::call, HoldReason::screencast, HoldReason::fullscreen,
                                  HoldReason::dnd, HoldReason::typing}) {
    const Duration most = reason == HoldReason::typing ? minutes(10) : day;
    const auto longest = holds->duration(word_for(reason), seconds(0), most);
    if (longest) set_hold(kind, reason, *longest);
  }
  for (const HoldReason reason : {HoldReason::pause, HoldReason::quiet}) {
    if (holds->has(word_for(reason))) {
      holds->take(word_for(reason));
      holds->error(word_for(reason), tr("holds every kind, without a limit"), tr("leave it out"));
    }
  }
  holds->finish();
}

void read_advice(Section& section, BreakKind& kind) {
  const auto advice = section.texts("advice", 16);
  if (!advice) return;
  kind.advice.clear();
  for (const std::string& key : *advice) {
    if (is_name(key)) {
      kind.advice.push_back(key);
    } else {
      section.error("advice", say("{} is no key of advice", in_quotes(key)),
                    tr("use small letters, digits and hyphens"));
    }
  }
}

}  // namespace

void read_kind(Section& section, BreakKind& kind, Needed needed) {
  read_reset(section, kind);
  read_amounts(section, kind, needed);
  read_ladder(section, kind);
  read_budgets(section, kind);
  read_holds(section, kind);
  kind.insist = section.word<Insist>("insist", 3).value_or(kind.insist);
  if (const auto when = section.section("when")) kind.when = read_schedule(*when);
  read_advice(section, kind);
  kind.source = section.text("source", 1000).value_or(kind.source);
  for (const char* key : {"exit", "emergency_exit"}) {
    if (section.has(key)) {
      section.take(key);
      section.error(key, tr("the way out of a break is always there and cannot be configured"),
                    tr("leave it out"));
    }
  }
  section.finish();
}

}  // namespace nape::config

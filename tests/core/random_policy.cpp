// SPDX-License-Identifier: Apache-2.0
#include "random_policy.hpp"

#include <algorithm>

#include "random_life.hpp"

namespace nape::life {
namespace {

using namespace std::chrono_literals;

Duration span(Die& die, std::initializer_list<Duration> values) { return die.of(values); }

std::vector<LadderStep> random_ladder(Die& die, bool budget) {
  std::vector<LadderStep> ladder;
  Duration at = span(die, {0s, 0s, 0s, 30s});
  auto stage = budget || !die.one_in(6) ? Stage::nudge : Stage::overlay;
  while (true) {
    ladder.push_back({at, stage, die.one_in(4)});
    at += span(die, {10s, 1min, 4min});
    if (die.one_in(3) || ladder.size() == 4) return ladder;
    if (budget) continue;
    const auto room = static_cast<unsigned>(Stage::lock) - static_cast<unsigned>(stage) + 1;
    stage = static_cast<Stage>(static_cast<unsigned>(stage) + die.roll(room));
  }
}

std::vector<Hold> random_holds(Die& die) {
  std::vector<Hold> holds;
  for (const auto reason : {HoldReason::call, HoldReason::screencast, HoldReason::fullscreen,
                            HoldReason::dnd, HoldReason::typing}) {
    if (die.one_in(2)) holds.push_back({reason, span(die, {20s, 1min, 10min, 2h})});
  }
  return holds;
}

BreakKind random_kind(Die& die, unsigned index) {
  BreakKind kind;
  kind.name = kind_name(index);
  kind.every = span(die, {30s, 1min, 2min, 5min, 7min, 20min, 50min, 50min + 7ms});
  kind.of = die.one_in(2) ? Of::use : Of::sitting;
  kind.daily_budget = die.one_in(6);
  kind.ladder = random_ladder(die, kind.daily_budget);
  kind.holds = random_holds(die);
  if (kind.daily_budget) return kind;
  kind.length = std::min(kind.every, span(die, {5s, 15s, 30s, 30s, 1min, 5min, 5min, 29999ms}));
  kind.credit = die.one_in(2) ? Credit::whole : Credit::proportional;
  kind.settle = span(die, {15s, 15s, 15s, 5s, 1s});
  kind.postpone = {static_cast<int>(die.roll(3)), span(die, {10s, 1min, 3min})};
  kind.skips_a_day = static_cast<int>(die.roll(3));
  kind.insist = die.of({Insist::halt, Insist::reset, Insist::ignore});
  return kind;
}

}  // namespace

Policy random_policy(Die& die) {
  Policy policy;
  policy.name = "random";
  const auto kinds = 1 + die.roll(most_kinds);
  for (unsigned i = 0; i < kinds; ++i) policy.kinds.push_back(random_kind(die, i));
  return policy;
}

}  // namespace nape::life

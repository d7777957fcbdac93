// SPDX-License-Identifier: Apache-2.0
#include "config/policy_check.hpp"

#include <algorithm>
#include <set>

#include "config/section.hpp"
#include "config/sentence.hpp"
#include "config/span_text.hpp"

namespace nape::config {
namespace {

/// The problems of one kind.
class KindCheck {
 public:
  KindCheck(const BreakKind& kind, std::vector<Problem>& problems)
      : kind_(kind), problems_(problems) {}

  void run() {
    if (!is_name(kind_.name))
      tell("name", tr("is no name"), tr("use small letters, digits and hyphens"));
    if (kind_.every <= Duration::zero())
      tell("every", tr("is not positive"), tr("use at least \"1s\""));
    if (kind_.daily_budget) {
      daily();
    } else {
      lengths();
    }
    ladder();
    postpone();
  }

 private:
  void tell(std::string key, std::string what, std::string right) {
    problems_.push_back({kind_.name, std::move(key), std::move(what), std::move(right)});
  }

  void daily() {
    const char* right = tr("leave it out: reset = \"day\" makes a budget that only tells");
    if (kind_.length != Duration::zero()) tell("length", tr("no rest pays a daily budget"), right);
    if (kind_.postpone.times > 0)
      tell("postpone", tr("a daily budget knows no break to postpone"), right);
    if (kind_.skips_a_day > 0) tell("skip", tr("a daily budget knows no break to skip"), right);
    for (std::size_t i = 0; i < kind_.ladder.size(); ++i) {
      if (kind_.ladder[i].stage != Stage::nudge) {
        tell(step_key(i, "step"), tr("a daily budget only tells"), tr("use \"nudge\""));
      }
    }
  }

  void lengths() {
    if (kind_.length <= Duration::zero()) {
      tell("length", tr("is not positive"), tr("use at least \"1s\""));
    } else if (kind_.length > kind_.every) {
      tell(
          "length",
          say("{} of rest for {} of work", duration_text(kind_.length), duration_text(kind_.every)),
          say("use at most \"{}\", the value of `every`", duration_text(kind_.every)));
    }
    if (kind_.settle < Duration::zero()) tell("settle", tr("is negative"), tr("use \"15s\""));
  }

  void ladder() {
    const auto& steps = kind_.ladder;
    if (steps.empty())
      tell("ladder", tr("has no step"), tr("write ladder = [{ at = \"0s\", step = \"nudge\" }]"));
    if (steps.size() > most_ladder_steps) {
      tell("ladder", say("{} steps", steps.size()), say("at most {}", most_ladder_steps));
    }
    for (std::size_t i = 1; i < steps.size(); ++i) {
      if (steps[i].at <= steps[i - 1].at) {
        tell(step_key(i, "at"),
             say("{} does not come after {}", duration_text(steps[i].at),
                 duration_text(steps[i - 1].at)),
             tr("let each step come later than the one before it"));
      }
      if (steps[i].stage < steps[i - 1].stage && !is_reminder(i)) {
        tell(step_key(i, "step"),
             say("{} is weaker than {}", word_for(steps[i].stage), word_for(steps[i - 1].stage)),
             tr("let steps grow stronger; only a nudge with stay = true may follow a prompt"));
      }
    }
  }

  bool is_reminder(std::size_t i) const {
    return kind_.ladder[i].stage == Stage::nudge && kind_.ladder[i].stay &&
           kind_.ladder[i - 1].stage == Stage::prompt;
  }

  void postpone() {
    if (kind_.postpone.times > 0 && kind_.postpone.length <= Duration::zero()) {
      tell("postpone.length", tr("is not positive"),
           tr("write postpone = { times = 2, length = \"3m\" }"));
    }
  }

  static std::string step_key(std::size_t index, const char* key) {
    return "ladder[" + std::to_string(index) + "]." + key;
  }

  const BreakKind& kind_;
  std::vector<Problem>& problems_;
};

}  // namespace

std::vector<Problem> check(const Policy& policy) {
  std::vector<Problem> problems;
  if (policy.kinds.size() > most_kinds) {
    problems.push_back(
        {{}, "kind", say("{} kinds", policy.kinds.size()), say("at most {}", most_kinds)});
  }
  if (policy.day_begins_hour < 0 || policy.day_begins_hour > 23) {
    problems.push_back(
        {{}, "day_begins", say("{} is no hour", policy.day_begins_hour), tr("use 0 to 23")});
  }
  std::set<std::string> names;
  for (const BreakKind& kind : policy.kinds) {
    if (!names.insert(kind.name).second) {
      problems.push_back(
          {kind.name, "name", tr("two kinds have this name"), tr("give each its own")});
    }
    KindCheck(kind, problems).run();
  }
  return problems;
}

}  // namespace nape::config

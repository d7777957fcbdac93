// SPDX-License-Identifier: Apache-2.0
//
// What a policy says, as data: any number of break kinds, none built in. Parsing, presets and
// layers live outside (config/); the engine takes a Policy as it is and assumes that
// `config::check` has accepted it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace nape {

/// What makes a kind due.
enum class Of { use, sitting };

/// How rest pays: only one uninterrupted rest of full length, or every second of any rest of at
/// least `settle`.
enum class Credit { whole, proportional };

/// What the screen does; each is stronger than the one before.
enum class Stage { nudge, prompt, overlay, lock };
inline constexpr std::size_t stage_count = 4;

/// What can defer a prompt. `pause` and `quiet` have no longest hold and belong to every kind.
enum class HoldReason { call, screencast, fullscreen, dnd, pause, quiet, typing };
inline constexpr std::size_t hold_reason_count = 7;

/// What input does inside a begun break: stop its clock, set it back, nothing.
enum class Insist { halt, reset, ignore };

/// One rung: reached when the kind has been overdue for `at`.
struct LadderStep {
  Duration at{};
  Stage stage = Stage::nudge;
  /// The notification stays on the screen until answered or withdrawn.
  bool stay = false;
  friend bool operator==(const LadderStep&, const LadderStep&) = default;
};

/// "times x length"; times is for one break and is refilled when it is paid and at the day border.
struct PostponeBudget {
  int times = 0;
  Duration length{};
  friend bool operator==(const PostponeBudget&, const PostponeBudget&) = default;
};

/// A reason that defers the ladder, and for how long at most.
struct Hold {
  HoldReason reason = HoldReason::call;
  Duration longest{};
  friend bool operator==(const Hold&, const Hold&) = default;
};

/// When something applies. Evaluated at the edge (calendar/), which knows zones; core only sees
/// open or closed.
struct Schedule {
  /// Monday first.
  std::array<bool, 7> weekdays{true, true, true, true, true, true, true};
  /// Local time of day; `from` >= `to` runs over midnight and belongs to the weekday on which it
  /// began. 0 and 24 h: all day.
  Duration from{};
  Duration to = std::chrono::hours(24);
  /// IANA name; empty: the machine's zone.
  std::string zone;
  /// Local dates, "2026-12-25", on which it does not apply.
  std::vector<std::string> holidays;
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

struct BreakKind {
  std::string name;
  /// How much of `of` makes it due.
  Duration every{};
  Of of = Of::sitting;
  /// How much rest pays it. Zero for a daily budget.
  Duration length{};
  Credit credit = Credit::proportional;
  /// The shortest rest that counts for `proportional`, and the quiet after which a prompted break
  /// begins by itself.
  Duration settle = std::chrono::seconds(15);
  /// `reset = "day"`: no rest pays it, the day border zeroes it, it only tells.
  bool daily_budget = false;
  std::vector<LadderStep> ladder;
  PostponeBudget postpone;
  int skips_a_day = 0;
  std::vector<Hold> holds;
  Insist insist = Insist::halt;
  /// Outside it the kind neither accrues nor prompts.
  std::optional<Schedule> when;
  /// Keys of the advice to show with it.
  std::vector<std::string> advice;
  /// Where the numbers come from, for people.
  std::string source;
  friend bool operator==(const BreakKind&, const BreakKind&) = default;
};

struct Policy {
  std::string name;
  std::string version;
  std::vector<BreakKind> kinds;
  /// Hours in which nothing prompts; a hold without a limit.
  std::vector<Schedule> quiet;
  /// Local hour at which a day begins: 0..23. Workrave and most people's nights agree on 4.
  int day_begins_hour = 4;
  friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace nape

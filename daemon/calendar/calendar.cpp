// SPDX-License-Identifier: Apache-2.0
#include "calendar/calendar.hpp"

#include <algorithm>

#include "calendar/rfc3339.hpp"

namespace nape::calendar {
namespace {

bool are_equal(const CalendarTurn& a, const CalendarTurn& b) {
  return a.day == b.day && a.quiet == b.quiet && a.open == b.open;
}

}  // namespace

Result<Calendar> Calendar::open(const Policy& policy, const std::string& zone) {
  auto home = Zone::open(zone);
  if (!home) return std::move(home).error();
  Calendar calendar(*home, policy.day_begins_hour);
  for (const BreakKind& kind : policy.kinds) {
    if (!kind.when) {
      calendar.kinds_.emplace_back();
      continue;
    }
    auto window = window_of(*kind.when, *home);
    if (!window) return std::move(window).error().in("`when` of " + kind.name);
    calendar.kinds_.emplace_back(std::move(*window));
  }
  for (const Schedule& schedule : policy.quiet) {
    auto window = window_of(schedule, *home);
    if (!window) return std::move(window).error().in("`quiet`");
    calendar.quiet_.push_back(std::move(*window));
  }
  return calendar;
}

CalendarTurn Calendar::at(WallTime t) const {
  CalendarTurn turn;
  turn.day = day_of(t);
  for (const auto& window : kinds_) turn.open.push_back(!window || is_open(*window, t));
  turn.quiet = std::any_of(quiet_.begin(), quiet_.end(),
                           [t](const Window& window) { return is_open(window, t); });
  return turn;
}

WallTime Calendar::next_after(WallTime t) const {
  std::vector<WallTime> edges;
  const std::int32_t today = day_of(t);
  // Two, because a day that the date line skips is empty.
  for (std::int32_t day = today + 1; day <= today + 2; ++day) edges.push_back(day_begins(day));
  for (const auto& window : kinds_) {
    if (window) collect_edges(*window, t, edges);
  }
  for (const Window& window : quiet_) collect_edges(window, t, edges);
  std::sort(edges.begin(), edges.end());
  const CalendarTurn now = at(t);
  const auto changes = [&](WallTime edge) { return edge > t && !are_equal(at(edge), now); };
  return *std::find_if(edges.begin(), edges.end(), changes);
}

WallTime Calendar::day_begins(std::int32_t day) const { return zone_.first({day, begins_at_}); }

std::int32_t Calendar::day_of(WallTime t) const {
  const Local local = zone_.local(t);
  std::int32_t day = local.time_of_day < begins_at_ ? local.day - 1 : local.day;
  // Where clocks are set over the border, the hour alone misleads.
  while (t < day_begins(day)) --day;
  while (t >= day_begins(day + 1)) ++day;
  return day;
}

Result<Calendar::Window> Calendar::window_of(const Schedule& schedule, const Zone& home) {
  Window window{home, schedule, {}};
  if (!schedule.zone.empty()) {
    auto zone = Zone::open(schedule.zone);
    if (!zone) return std::move(zone).error();
    window.zone = *zone;
  }
  for (const std::string& holiday : schedule.holidays) {
    const auto day = date_from(holiday);
    if (!day) return Error{"no date \"" + holiday + "\"; write it as 2026-12-25"};
    window.holidays.push_back(*day);
  }
  return window;
}

bool Calendar::is_open(const Window& window, WallTime t) {
  const std::int32_t today = window.zone.local(t).day;
  // Yesterday's may run over midnight, and clocks that are set back over midnight lengthen it.
  for (std::int32_t day = today - 2; day <= today + 1; ++day) {
    if (begins_on(window, day) && opening(window, day) <= t && t < closing(window, day))
      return true;
  }
  return false;
}

bool Calendar::begins_on(const Window& window, std::int32_t day) {
  if (!window.schedule.weekdays.at(static_cast<std::size_t>(weekday_of(day)))) return false;
  return std::find(window.holidays.begin(), window.holidays.end(), day) == window.holidays.end();
}

// An hour that comes twice belongs to the window from its first moment to its last.
WallTime Calendar::opening(const Window& window, std::int32_t day) {
  return window.zone.first({day, window.schedule.from});
}

WallTime Calendar::closing(const Window& window, std::int32_t day) {
  const Schedule& schedule = window.schedule;
  return window.zone.last({schedule.from < schedule.to ? day : day + 1, schedule.to});
}

void Calendar::collect_edges(const Window& window, WallTime t, std::vector<WallTime>& edges) {
  const std::int32_t today = window.zone.local(t).day;
  for (std::int32_t day = today - 2; day <= today + 3; ++day) {
    edges.push_back(opening(window, day));
    edges.push_back(closing(window, day));
  }
}

}  // namespace nape::calendar

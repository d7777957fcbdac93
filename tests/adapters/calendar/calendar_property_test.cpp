// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "calendar/calendar.hpp"
#include "calendar/rfc3339.hpp"

namespace nape::calendar {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Zones that jump by an hour, by half an hour, at midnight, over a date, and not at all.
rc::Gen<std::string> any_zone() {
  return rc::gen::elementOf(std::vector<std::string>{
      "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
      "Asia/Beirut", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca", "Etc/UTC"});
}

/// 2005 to 2036: the years for which the zones above have their jumps.
rc::Gen<WallTime> any_moment() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(1104537600, 2082758400),
                      [](std::int64_t t) { return WallTime(seconds(t)); });
}

rc::Gen<Schedule> any_schedule() {
  return rc::gen::apply(
      [](std::array<bool, 7> weekdays, int from, int to, std::string zone) {
        Schedule schedule;
        schedule.weekdays = weekdays;
        schedule.from = minutes(from);
        schedule.to = minutes(to);
        schedule.zone = std::move(zone);
        return schedule;
      },
      rc::gen::arbitrary<std::array<bool, 7>>(), rc::gen::inRange(0, 1440),
      rc::gen::inRange(0, 1441), any_zone());
}

Calendar any_calendar() {
  Policy policy;
  policy.day_begins_hour = *rc::gen::inRange(0, 24);
  for (int i = 0; i < 2; ++i) {
    BreakKind kind;
    kind.name = "kind";
    kind.when = *any_schedule();
    policy.kinds.push_back(kind);
  }
  policy.quiet = {*any_schedule()};
  return *Calendar::open(policy, *any_zone());
}

bool are_equal(const CalendarTurn& a, const CalendarTurn& b) {
  return a.day == b.day && a.open == b.open && a.quiet == b.quiet;
}

RC_GTEST_PROP(CalendarProperty, nothing_changes_before_next_after_and_something_changes_at_it, ()) {
  const Calendar calendar = any_calendar();
  const WallTime t = *any_moment();
  const WallTime next = calendar.next_after(t);
  RC_ASSERT(next > t);
  RC_ASSERT(!are_equal(calendar.at(next), calendar.at(t)));
  const auto between = *rc::gen::inRange<std::int64_t>(0, (next - t).count());
  RC_ASSERT(are_equal(calendar.at(t + Duration(between)), calendar.at(t)));
  RC_ASSERT(are_equal(calendar.at(next - Duration(1)), calendar.at(t)));
}

RC_GTEST_PROP(CalendarProperty, every_moment_is_within_its_day, ()) {
  const Calendar calendar = any_calendar();
  const WallTime t = *any_moment();
  const std::int32_t day = calendar.day_of(t);
  RC_ASSERT(calendar.day_begins(day) <= t);
  RC_ASSERT(t < calendar.day_begins(day + 1));
}

RC_GTEST_PROP(CalendarProperty, days_never_run_backwards, ()) {
  const Calendar calendar = any_calendar();
  const WallTime t = *any_moment();
  const WallTime later = t + minutes(*rc::gen::inRange(0, 3000));
  RC_ASSERT(calendar.day_of(t) <= calendar.day_of(later));
}

RC_GTEST_PROP(CalendarProperty, what_is_written_is_read_back, ()) {
  const Zone zone = *Zone::open(*any_zone());
  const WallTime t = *any_moment() + Duration(*rc::gen::inRange(0, 1000));
  const auto read = from_rfc3339(rfc3339(t, zone));
  RC_ASSERT(bool(read));
  RC_ASSERT(*read == t);
}

}  // namespace
}  // namespace nape::calendar

// SPDX-License-Identifier: Apache-2.0
#include "calendar/calendar.hpp"

#include <gtest/gtest.h>

#include "calendar/rfc3339.hpp"

namespace nape::calendar {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

WallTime moment(const char* text) { return *from_rfc3339(text); }
std::int32_t date(const char* text) { return *date_from(text); }

Policy with_kind(std::optional<Schedule> when) {
  BreakKind kind;
  kind.name = "rest";
  kind.when = std::move(when);
  Policy policy;
  policy.kinds = {kind};
  return policy;
}

Schedule office_hours() {
  Schedule when;
  when.weekdays = {true, true, true, true, true, false, false};
  when.from = hours(9);
  when.to = hours(17);
  return when;
}

Calendar calendar(const Policy& policy, const char* zone) { return *Calendar::open(policy, zone); }

bool is_open(const Calendar& calendar, const char* t) { return calendar.at(moment(t)).open.at(0); }

TEST(Calendar, a_day_begins_at_four) {
  const Calendar berlin = calendar({}, "Europe/Berlin");
  EXPECT_EQ(berlin.day_of(moment("2026-03-02T03:59:59.999+01:00")), date("2026-03-01"));
  EXPECT_EQ(berlin.day_of(moment("2026-03-02T04:00:00+01:00")), date("2026-03-02"));
  EXPECT_EQ(berlin.next_after(moment("2026-03-02T04:00:00+01:00")),
            moment("2026-03-03T04:00:00+01:00"));
}

TEST(Calendar, the_hour_of_the_border_is_the_policys) {
  Policy policy;
  policy.day_begins_hour = 0;
  EXPECT_EQ(calendar(policy, "Europe/Berlin").day_begins(date("2026-03-02")),
            moment("2026-03-02T00:00:00+01:00"));
}

TEST(Calendar, the_day_before_clocks_go_forward_has_23_hours_and_before_they_go_back_25) {
  const Calendar berlin = calendar({}, "Europe/Berlin");
  const auto length = [&](const char* day) {
    return berlin.day_begins(date(day) + 1) - berlin.day_begins(date(day));
  };
  EXPECT_EQ(length("2026-03-28"), hours(23));
  EXPECT_EQ(length("2026-03-29"), hours(24));
  EXPECT_EQ(length("2026-10-24"), hours(25));
}

TEST(Calendar, lord_howe_moves_by_half_an_hour) {
  const Calendar island = calendar({}, "Australia/Lord_Howe");
  const auto length = [&](const char* day) {
    return island.day_begins(date(day) + 1) - island.day_begins(date(day));
  };
  EXPECT_EQ(length("2026-04-04"), hours(24) + minutes(30));
  EXPECT_EQ(length("2026-10-03"), hours(23) + minutes(30));
}

TEST(Calendar, a_day_that_would_begin_in_the_jumped_hour_begins_at_the_jump) {
  Policy policy;
  policy.day_begins_hour = 0;
  const Calendar sao_paulo = calendar(policy, "America/Sao_Paulo");
  EXPECT_EQ(sao_paulo.day_of(moment("2018-11-04T02:59:59Z")), date("2018-11-03"));
  EXPECT_EQ(sao_paulo.day_of(moment("2018-11-04T03:00:00Z")), date("2018-11-04"));
}

TEST(Calendar, clocks_set_back_over_the_border_do_not_bring_yesterday_back) {
  // Clocks went from 24:00 on the 17th back to 23:00.
  Policy policy;
  policy.day_begins_hour = 23;
  const Calendar sao_paulo = calendar(policy, "America/Sao_Paulo");
  const WallTime begins = sao_paulo.day_begins(date("2018-02-17"));
  EXPECT_EQ(begins, moment("2018-02-17T23:00:00-02:00"));
  EXPECT_EQ(sao_paulo.day_of(begins), date("2018-02-17"));
  EXPECT_EQ(sao_paulo.day_of(begins + hours(1)), date("2018-02-17"));
  EXPECT_EQ(sao_paulo.next_after(begins) - begins, hours(25));
}

TEST(Calendar, the_date_that_samoa_skipped_confuses_nothing) {
  Policy policy;
  policy.day_begins_hour = 0;
  const Calendar samoa = calendar(policy, "Pacific/Apia");
  const WallTime jump = moment("2011-12-30T10:00:00Z");
  EXPECT_EQ(samoa.day_of(jump - seconds(1)), date("2011-12-29"));
  EXPECT_EQ(samoa.day_of(jump), date("2011-12-31"));
  EXPECT_EQ(samoa.next_after(jump - seconds(1)), jump);
}

TEST(Calendar, a_kind_without_when_is_always_open) {
  EXPECT_TRUE(is_open(calendar(with_kind({}), "Europe/Berlin"), "2026-03-01T03:00:00Z"));
}

TEST(Calendar, office_hours_are_open_from_the_first_moment_to_before_the_last) {
  const Calendar berlin = calendar(with_kind(office_hours()), "Europe/Berlin");
  EXPECT_FALSE(is_open(berlin, "2026-03-02T08:59:59.999+01:00"));
  EXPECT_TRUE(is_open(berlin, "2026-03-02T09:00:00+01:00"));
  EXPECT_TRUE(is_open(berlin, "2026-03-02T16:59:59.999+01:00"));
  EXPECT_FALSE(is_open(berlin, "2026-03-02T17:00:00+01:00"));
  EXPECT_FALSE(is_open(berlin, "2026-03-01T12:00:00+01:00"));
}

TEST(Calendar, next_after_goes_through_every_edge_in_turn) {
  const Calendar berlin = calendar(with_kind(office_hours()), "Europe/Berlin");
  WallTime t = moment("2026-03-06T04:00:00+01:00");
  for (const char* edge :
       {"2026-03-06T09:00:00+01:00", "2026-03-06T17:00:00+01:00", "2026-03-07T04:00:00+01:00",
        "2026-03-08T04:00:00+01:00", "2026-03-09T04:00:00+01:00", "2026-03-09T09:00:00+01:00"}) {
    t = berlin.next_after(t);
    EXPECT_EQ(rfc3339(t, berlin.zone()), edge);
  }
}

TEST(Calendar, a_schedule_lives_in_its_own_zone) {
  Schedule when = office_hours();
  when.zone = "Asia/Tokyo";
  const Calendar berlin = calendar(with_kind(when), "Europe/Berlin");
  EXPECT_TRUE(is_open(berlin, "2026-03-02T09:00:00+09:00"));
  EXPECT_FALSE(is_open(berlin, "2026-03-02T09:00:00+01:00"));
  // Saturday in Tokyo while it is still Friday in Berlin.
  EXPECT_FALSE(is_open(berlin, "2026-03-07T10:00:00+09:00"));
}

TEST(Calendar, a_window_over_midnight_belongs_to_the_day_on_which_it_began) {
  Schedule when;
  when.weekdays = {false, false, false, false, true, false, false};
  when.from = hours(22);
  when.to = hours(6);
  const Calendar berlin = calendar(with_kind(when), "Europe/Berlin");
  EXPECT_TRUE(is_open(berlin, "2026-03-06T22:00:00+01:00"));
  EXPECT_TRUE(is_open(berlin, "2026-03-07T05:59:59+01:00"));
  EXPECT_FALSE(is_open(berlin, "2026-03-07T06:00:00+01:00"));
  EXPECT_FALSE(is_open(berlin, "2026-03-06T05:00:00+01:00"));
}

TEST(Calendar, a_holiday_closes_the_window_that_would_begin_on_it) {
  Schedule when = office_hours();
  when.holidays = {"2026-03-02"};
  const Calendar berlin = calendar(with_kind(when), "Europe/Berlin");
  EXPECT_FALSE(is_open(berlin, "2026-03-02T12:00:00+01:00"));
  EXPECT_TRUE(is_open(berlin, "2026-03-03T12:00:00+01:00"));
}

TEST(Calendar, an_hour_that_comes_twice_is_open_both_times_and_between) {
  Schedule when;
  when.from = hours(2);
  when.to = hours(2) + minutes(30);
  const Calendar berlin = calendar(with_kind(when), "Europe/Berlin");
  EXPECT_FALSE(is_open(berlin, "2026-10-24T23:59:59Z"));
  EXPECT_TRUE(is_open(berlin, "2026-10-25T00:00:00Z"));
  EXPECT_TRUE(is_open(berlin, "2026-10-25T00:45:00Z"));
  EXPECT_TRUE(is_open(berlin, "2026-10-25T01:29:59Z"));
  EXPECT_FALSE(is_open(berlin, "2026-10-25T01:30:00Z"));
}

TEST(Calendar, a_window_inside_the_jumped_hour_never_opens_that_day) {
  Schedule when;
  when.from = hours(2);
  when.to = hours(2) + minutes(30);
  const Calendar berlin = calendar(with_kind(when), "Europe/Berlin");
  const WallTime noon_before = moment("2026-03-28T12:00:00+01:00");
  EXPECT_EQ(rfc3339(berlin.next_after(noon_before), berlin.zone()), "2026-03-29T04:00:00+02:00");
}

TEST(Calendar, quiet_hours_are_any_of_their_windows) {
  Schedule night;
  night.from = hours(22);
  night.to = hours(7);
  Schedule sunday;
  sunday.weekdays = {false, false, false, false, false, false, true};
  Policy policy;
  policy.quiet = {night, sunday};
  const Calendar berlin = calendar(policy, "Europe/Berlin");
  EXPECT_TRUE(berlin.at(moment("2026-03-02T06:59:59+01:00")).quiet);
  EXPECT_FALSE(berlin.at(moment("2026-03-02T07:00:00+01:00")).quiet);
  EXPECT_TRUE(berlin.at(moment("2026-03-08T12:00:00+01:00")).quiet);
}

TEST(Calendar, a_zone_that_is_not_in_the_database_names_its_kind) {
  Schedule when;
  when.zone = "Mars/Olympus";
  const auto failed = Calendar::open(with_kind(when), "Europe/Berlin");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().what.rfind("`when` of rest: no time zone \"Mars/Olympus\"", 0), 0u);
  EXPECT_FALSE(Calendar::open({}, "Mars/Olympus"));
}

TEST(Calendar, a_holiday_that_is_no_date_is_refused) {
  Schedule when;
  when.holidays = {"2026-02-30"};
  EXPECT_FALSE(Calendar::open(with_kind(when), "Europe/Berlin"));
}

}  // namespace
}  // namespace nape::calendar

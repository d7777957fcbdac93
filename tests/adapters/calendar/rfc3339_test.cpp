// SPDX-License-Identifier: Apache-2.0
#include "calendar/rfc3339.hpp"

#include <gtest/gtest.h>

namespace nape::calendar {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

WallTime moment(const char* text) {
  const auto t = from_rfc3339(text);
  EXPECT_TRUE(t) << text;
  return t ? *t : WallTime{};
}

Zone zone(const char* name) { return *Zone::open(name); }

TEST(Rfc3339, a_time_is_written_with_the_offset_of_its_zone) {
  const WallTime t = moment("2026-03-02T08:00:00Z");
  EXPECT_EQ(rfc3339(t, zone("Europe/Berlin")), "2026-03-02T09:00:00+01:00");
  EXPECT_EQ(rfc3339(t, zone("America/St_Johns")), "2026-03-02T04:30:00-03:30");
  EXPECT_EQ(rfc3339(t, zone("Etc/UTC")), "2026-03-02T08:00:00+00:00");
}

TEST(Rfc3339, milliseconds_are_written_only_where_there_are_some) {
  const WallTime t = moment("2026-03-02T08:00:00Z") + milliseconds(50);
  EXPECT_EQ(rfc3339(t, zone("Etc/UTC")), "2026-03-02T08:00:00.050+00:00");
}

TEST(Rfc3339, the_doubled_hour_is_told_apart_by_its_offset) {
  const Zone berlin = zone("Europe/Berlin");
  EXPECT_EQ(rfc3339(moment("2026-10-25T00:30:00Z"), berlin), "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(rfc3339(moment("2026-10-25T01:30:00Z"), berlin), "2026-10-25T02:30:00+01:00");
}

TEST(Rfc3339, a_time_before_1970_keeps_its_date) {
  EXPECT_EQ(rfc3339(WallTime(seconds(-1)), zone("Etc/UTC")), "1969-12-31T23:59:59+00:00");
  EXPECT_EQ(moment("1969-12-31T23:59:59Z"), WallTime(seconds(-1)));
}

TEST(Rfc3339, other_spellings_of_the_same_moment_are_read) {
  const WallTime t = moment("2026-03-02T09:00:00+01:00");
  EXPECT_EQ(moment("2026-03-02 08:00:00Z"), t);
  EXPECT_EQ(moment("2026-03-02t08:00:00z"), t);
  EXPECT_EQ(moment("2026-03-02T08:00:00.25Z"), t + milliseconds(250));
  EXPECT_EQ(moment("2026-03-02T08:00:00.1239999Z"), t + milliseconds(123));
}

TEST(Rfc3339, what_is_no_time_is_refused_with_a_sentence) {
  for (const char* text :
       {"", "2026-03-02", "2026-03-02T09:00:00", "2026-02-29T09:00:00Z", "2026-13-02T09:00:00Z",
        "2026-03-02T24:00:00Z", "2026-03-02T09:60:00Z", "2026-03-02T09:00:60Z",
        "2026-03-02T09:00:00+24:00", "2026-03-02T09:00:00.Z", "2026-03-02T09:00:00Zx",
        "2026-3-2T09:00:00Z", "-026-03-02T09:00:00Z", "2026-03-02T09:00:00+0100"}) {
    const auto t = from_rfc3339(text);
    ASSERT_FALSE(t) << text;
    EXPECT_NE(t.error().what.find("2026-03-02T09:00:00+01:00"), std::string::npos);
  }
}

TEST(Rfc3339, dates_go_both_ways) {
  EXPECT_EQ(date_text(0), "1970-01-01");
  EXPECT_EQ(date_from("2024-02-29"), 19782);
  EXPECT_EQ(date_text(19782), "2024-02-29");
  EXPECT_FALSE(date_from("2023-02-29"));
  EXPECT_FALSE(date_from("2024-02-29 "));
}

TEST(Rfc3339, a_clock_shows_hours_and_minutes) {
  EXPECT_EQ(clock_text(moment("2026-03-02T08:05:59Z"), zone("Europe/Berlin")), "09:05");
}

TEST(Rfc3339, the_first_day_of_1970_was_a_thursday) {
  EXPECT_EQ(weekday_of(0), 3);
  EXPECT_EQ(weekday_of(-4), 6);
  EXPECT_EQ(weekday_of(*date_from("2026-11-22")), 6);
}

}  // namespace
}  // namespace nape::calendar

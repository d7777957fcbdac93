// SPDX-License-Identifier: Apache-2.0
#include "config/span_text.hpp"

#include <gtest/gtest.h>

namespace nape::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(DurationText, units_are_added_from_large_to_small) {
  EXPECT_EQ(duration_from("50m"), minutes(50));
  EXPECT_EQ(duration_from("1h30m"), minutes(90));
  EXPECT_EQ(duration_from("90s"), seconds(90));
  EXPECT_EQ(duration_from("1d2h3m4s"), hours(26) + minutes(3) + seconds(4));
  EXPECT_EQ(duration_from("0s"), seconds(0));
}

TEST(DurationText, what_could_mean_two_things_is_refused) {
  for (const char* text : {"", "50", "m", "3 min", "1m1h", "1m1m", "-1m", "1.5h", "1h30", " 1m",
                           "1m ", "1M", "1w", "99999999s", "+1m"}) {
    EXPECT_FALSE(duration_from(text)) << text;
  }
}

TEST(DurationText, what_is_written_is_read_back) {
  for (const seconds length :
       {seconds(0), seconds(1), seconds(59), seconds(60), seconds(3601), seconds(90061)}) {
    EXPECT_EQ(duration_from(duration_text(length)), length);
  }
  EXPECT_EQ(duration_text(minutes(90)), "1h30m");
}

TEST(TimeOfDay, has_two_digits_each_and_ends_at_24) {
  EXPECT_EQ(time_of_day_from("00:00"), hours(0));
  EXPECT_EQ(time_of_day_from("09:30"), hours(9) + minutes(30));
  EXPECT_EQ(time_of_day_from("24:00"), hours(24));
  for (const char* text : {"9:30", "24:01", "25:00", "09:60", "09-30", "0930", "09:30:00", ""}) {
    EXPECT_FALSE(time_of_day_from(text)) << text;
  }
}

}  // namespace
}  // namespace nape::config

// SPDX-License-Identifier: Apache-2.0
#include "calendar/zone.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "calendar/rfc3339.hpp"

namespace nape::calendar {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

WallTime moment(const char* text) { return *from_rfc3339(text); }
std::int32_t date(const char* text) { return *date_from(text); }

/// $TZ for the length of a test.
class TimeZoneVariable {
 public:
  explicit TimeZoneVariable(const char* value) {
    if (const char* old = std::getenv("TZ")) old_ = old;
    ::setenv("TZ", value, 1);
  }
  ~TimeZoneVariable() {
    if (old_) {
      ::setenv("TZ", old_->c_str(), 1);
    } else {
      ::unsetenv("TZ");
    }
  }

 private:
  std::optional<std::string> old_;
};

TEST(Zone, an_unknown_name_is_refused_with_a_sentence_that_names_it) {
  const auto zone = Zone::open("Europe/Berlni");
  ASSERT_FALSE(zone);
  EXPECT_NE(zone.error().what.find("Europe/Berlni"), std::string::npos);
  EXPECT_NE(zone.error().what.find("Europe/Berlin"), std::string::npos);
}

TEST(Zone, files_of_the_database_that_are_no_zones_are_refused) {
  for (const char* name : {"tzdata.zi", "leapseconds", "zone.tab", "Europe", "../../../etc/passwd",
                           "/etc/localtime", "right/Europe/Berlin", "Europe/./Berlin"}) {
    EXPECT_FALSE(Zone::open(name)) << name;
  }
}

TEST(Zone, the_machines_zone_is_that_of_the_variable) {
  const TimeZoneVariable variable(":Australia/Lord_Howe");
  EXPECT_EQ(Zone::open("")->name(), "Australia/Lord_Howe");
}

TEST(Zone, a_variable_that_names_no_zone_is_passed_over) {
  const TimeZoneVariable variable("CET-1CEST");
  EXPECT_TRUE(Zone::open(""));
}

TEST(Zone, local_time_and_back_agree) {
  const Zone zone = *Zone::open("Asia/Kathmandu");
  const WallTime t = moment("2026-05-04T18:20:00Z");
  const Local local = zone.local(t);
  EXPECT_EQ(local, (Local{date("2026-05-05"), hours(0) + minutes(5)}));
  EXPECT_EQ(zone.first(local), t);
  EXPECT_EQ(zone.last(local), t);
}

TEST(Zone, a_local_time_that_comes_twice_has_a_first_and_a_last_moment) {
  const Zone zone = *Zone::open("Europe/Berlin");
  const Local local{date("2026-10-25"), hours(2) + minutes(30)};
  EXPECT_EQ(zone.first(local), moment("2026-10-25T00:30:00Z"));
  EXPECT_EQ(zone.last(local), moment("2026-10-25T01:30:00Z"));
}

TEST(Zone, a_local_time_that_is_jumped_over_is_the_moment_of_the_jump) {
  const Zone zone = *Zone::open("Europe/Berlin");
  const Local local{date("2026-03-29"), hours(2) + minutes(30)};
  EXPECT_EQ(zone.first(local), moment("2026-03-29T01:00:00Z"));
  EXPECT_EQ(zone.last(local), moment("2026-03-29T01:00:00Z"));
}

TEST(Zone, a_midnight_that_is_jumped_over_is_the_moment_of_the_jump) {
  // Sao Paulo began its summer time at midnight.
  const Zone zone = *Zone::open("America/Sao_Paulo");
  EXPECT_EQ(zone.first({date("2018-11-04"), hours(0)}), moment("2018-11-04T03:00:00Z"));
}

}  // namespace
}  // namespace nape::calendar

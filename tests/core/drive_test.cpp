// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "drive/commit_schedule.hpp"
#include "drive/driver.hpp"

namespace nape::drive {
namespace {

using namespace std::chrono_literals;

BootTime at(Duration time) { return BootTime(time); }

TEST(CommitSchedule, asks_for_nothing_while_nothing_has_changed) {
  EXPECT_FALSE(CommitSchedule().due());
}

TEST(CommitSchedule, writes_within_15_seconds_of_the_last_input) {
  CommitSchedule schedule;
  schedule.on_input(at(100s));
  schedule.on_input(at(110s));
  EXPECT_EQ(schedule.due(), at(125s));
}

TEST(CommitSchedule, writes_within_a_minute_while_input_goes_on) {
  CommitSchedule schedule;
  for (auto second = 100s; second <= 159s; ++second) schedule.on_input(at(second));
  EXPECT_EQ(schedule.due(), at(160s));
}

TEST(CommitSchedule, begins_anew_after_a_commit) {
  CommitSchedule schedule;
  schedule.on_input(at(100s));
  schedule.on_committed(at(115s));
  EXPECT_FALSE(schedule.due());
  schedule.on_other_change(at(120s));
  EXPECT_EQ(schedule.due(), at(180s));
}

TEST(CommitSchedule, a_transition_is_written_at_once_and_a_state_is_not) {
  EXPECT_TRUE(CommitSchedule::at_once({BreakDue{"rest"}}));
  EXPECT_FALSE(CommitSchedule::at_once({PresenceChanged{}}));
}

/// Every step that had effects, with its time.
struct Told {
  std::vector<std::pair<Duration, std::size_t>> steps;
  Driver::Sink sink() {
    return [this](const Instant& now, const Effects& effects) {
      for (const auto& effect : effects)
        steps.emplace_back(now.boot.time_since_epoch(), effect.index());
    };
  }
};

TEST(Driver, steps_each_deadline_at_its_own_time_however_late_it_is_driven) {
  Told told;
  auto driver = Driver::begin(Policy{}, "UTC", Instant{}, told.sink());
  ASSERT_TRUE(driver);
  driver->feed(Instant{}.after(1s), InputTally{{1, 0, 0, 0, 0}, at(1s)});
  told.steps.clear();
  driver->advance(Instant{}.after(1h));
  ASSERT_GE(told.steps.size(), 2U);
  EXPECT_EQ(told.steps.front().first, Duration(31s + 1ms)) << "no longer active";
  EXPECT_EQ(told.steps.back().first, Duration(301s + 1ms)) << "away";
}

TEST(Driver, a_day_border_is_stepped_at_its_own_time) {
  Told told;
  Policy policy;
  auto driver = Driver::begin(policy, "UTC", Instant{}, told.sink());
  ASSERT_TRUE(driver);
  told.steps.clear();
  driver->advance(Instant{}.after(5h));
  const auto day = std::find_if(told.steps.begin(), told.steps.end(), [](const auto& step) {
    return step.second == Effect(DayBegan{}).index();
  });
  ASSERT_NE(day, told.steps.end());
  EXPECT_EQ(day->first, Duration(4h));
}

TEST(Driver, what_comes_next_is_never_in_the_past) {
  Told told;
  auto driver = Driver::begin(Policy{}, "UTC", Instant{}, told.sink());
  ASSERT_TRUE(driver);
  Instant now;
  for (int i = 0; i < 100; ++i) {
    const auto next = driver->next(now);
    ASSERT_GT(next.boot, now.boot);
    now = next;
    driver->advance(now);
  }
}

}  // namespace
}  // namespace nape::drive

// SPDX-License-Identifier: Apache-2.0
#include "host/clock.hpp"

#include <gtest/gtest.h>

namespace nape::host {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Three clocks that are moved by hand.
class Hands {
 public:
  Reading wake(Duration by) {
    reading_.now = reading_.now.after(by);
    reading_.monotonic += by;
    return reading_;
  }
  Reading sleep(Duration by) {
    reading_.now = reading_.now.after(by);
    return reading_;
  }
  Reading set_wall(Duration by) {
    reading_.now.wall += by;
    return reading_;
  }
  const Reading& look() const { return reading_; }

 private:
  Reading reading_{{BootTime(seconds(5000)), WallTime(seconds(1'700'000'000))}, seconds(4000)};
};

TEST(ClockWatch, time_that_only_passes_is_no_news) {
  Hands hands;
  ClockWatch watch(hands.look());
  for (const Duration by : {Duration(0), Duration(1), Duration(hours(30))}) {
    const ClockNews news = watch.look(hands.wake(by));
    EXPECT_FALSE(news.suspend);
    EXPECT_EQ(news.stepped, Duration::zero());
  }
}

TEST(ClockWatch, growth_of_boot_against_monotonic_is_a_suspend_that_ends_now) {
  Hands hands;
  ClockWatch watch(hands.look());
  hands.wake(seconds(10));
  const Instant asleep = hands.look().now;
  const ClockNews news = watch.look(hands.sleep(hours(8)));
  ASSERT_TRUE(news.suspend);
  EXPECT_EQ(news.suspend->begin, asleep);
  EXPECT_EQ(news.suspend->end, hands.look().now);
  EXPECT_EQ(news.stepped, Duration::zero());
  EXPECT_FALSE(watch.look(hands.wake(seconds(1))).suspend) << "told once";
}

TEST(ClockWatch, suspends_too_short_to_tell_are_told_together) {
  Hands hands;
  ClockWatch watch(hands.look());
  EXPECT_FALSE(watch.look(hands.sleep(milliseconds(600))).suspend);
  EXPECT_FALSE(watch.look(hands.wake(minutes(1))).suspend);
  const ClockNews news = watch.look(hands.sleep(milliseconds(600)));
  ASSERT_TRUE(news.suspend);
  EXPECT_EQ(news.suspend->end.boot - news.suspend->begin.boot, milliseconds(1200));
}

TEST(ClockWatch, a_wall_clock_that_is_set_either_way_is_told_with_its_length) {
  for (const Duration by : {Duration(hours(1)), Duration(-hours(24 * 400)), Duration(2001)}) {
    Hands hands;
    ClockWatch watch(hands.look());
    hands.wake(seconds(3));
    const ClockNews news = watch.look(hands.set_wall(by));
    EXPECT_EQ(news.stepped, by);
    EXPECT_FALSE(news.suspend);
    EXPECT_EQ(watch.look(hands.wake(seconds(1))).stepped, Duration::zero()) << "told once";
  }
}

TEST(ClockWatch, a_step_of_two_seconds_or_less_waits_until_it_has_grown) {
  Hands hands;
  ClockWatch watch(hands.look());
  EXPECT_EQ(watch.look(hands.set_wall(seconds(2))).stepped, Duration::zero());
  EXPECT_EQ(watch.look(hands.set_wall(seconds(1))).stepped, seconds(3));
}

TEST(ClockWatch, a_suspend_with_a_step_lies_on_the_old_wall_clock) {
  Hands hands;
  ClockWatch watch(hands.look());
  const Instant asleep = hands.wake(seconds(10)).now;
  hands.sleep(hours(1));
  const ClockNews news = watch.look(hands.set_wall(minutes(-5)));
  ASSERT_TRUE(news.suspend);
  EXPECT_EQ(news.stepped, minutes(-5));
  EXPECT_EQ(news.suspend->begin, asleep);
  EXPECT_EQ(news.suspend->end, asleep.after(hours(1)));
}

TEST(RealClock, reads_clocks_that_agree_with_themselves) {
  RealClock clock;
  ClockWatch watch(clock.read());
  Reading last = clock.read();
  for (int i = 0; i < 1000; ++i) {
    const Reading now = clock.read();
    EXPECT_GE(now.now.boot, last.now.boot);
    EXPECT_GE(now.monotonic, last.monotonic);
    EXPECT_FALSE(watch.look(now).suspend);
    last = now;
  }
}

TEST(BootId, is_the_same_while_the_kernel_runs) {
  const auto id = boot_id();
  ASSERT_TRUE(id);
  EXPECT_EQ(id->size(), 36U);
  EXPECT_EQ(*id, *boot_id());
}

}  // namespace
}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
#include "host/timers.hpp"

#include <gtest/gtest.h>
#include <time.h>

#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <memory>

#include "host/clock.hpp"

namespace nape::host {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Timers : public testing::Test {
 protected:
  BootTime now() { return clock_.read().now.boot; }
  void run_for(Duration at_most) {
    loop_.restart();
    loop_.run_for(at_most);
  }
  bool run_until_fired(const int& fired) {
    loop_.restart();
    const auto end = std::chrono::steady_clock::now() + seconds(10);
    while (fired == 0 && loop_.run_one_until(end) > 0) {
    }
    return fired > 0;
  }

  boost::asio::io_context loop_{1};
  RealClock clock_;
};

TEST_F(Timers, a_boot_timer_fires_once_at_its_time_and_not_before) {
  int fired = 0;
  BootTimer timer(loop_, [&] { ++fired; });
  const BootTime due = now() + milliseconds(30);
  timer.arm(due);
  EXPECT_EQ(timer.armed(), due);
  ASSERT_TRUE(run_until_fired(fired));
  EXPECT_GE(now(), due);
  EXPECT_FALSE(timer.armed());
  run_for(milliseconds(20));
  EXPECT_EQ(fired, 1);
}

TEST_F(Timers, a_time_that_has_passed_fires_at_once) {
  for (const BootTime due : {BootTime(), BootTime(seconds(-5)), now()}) {
    int fired = 0;
    BootTimer timer(loop_, [&] { ++fired; });
    timer.arm(due);
    EXPECT_TRUE(run_until_fired(fired));
  }
}

TEST_F(Timers, arming_again_replaces_and_disarming_forgets) {
  int fired = 0;
  BootTimer timer(loop_, [&] { ++fired; });
  timer.arm(now() + milliseconds(5));
  timer.arm(now() + std::chrono::hours(1));
  run_for(milliseconds(20));
  EXPECT_EQ(fired, 0);
  timer.arm(now() + milliseconds(5));
  timer.disarm();
  run_for(milliseconds(20));
  EXPECT_EQ(fired, 0);
  timer.arm(now());
  EXPECT_TRUE(run_until_fired(fired));
}

TEST_F(Timers, a_timer_that_has_fired_but_was_armed_anew_before_the_loop_ran_keeps_the_new_time) {
  int fired = 0;
  BootTimer timer(loop_, [&] { ++fired; });
  timer.arm(now());
  timer.arm(now() + std::chrono::hours(1));
  run_for(milliseconds(20));
  EXPECT_EQ(fired, 0);
  EXPECT_TRUE(timer.armed());
}

TEST_F(Timers, a_callback_may_arm_or_destroy_its_timer) {
  int fired = 0;
  auto timer = std::unique_ptr<BootTimer>();
  timer = std::make_unique<BootTimer>(loop_, [&] {
    if (++fired < 3) return timer->arm(now());
    timer.reset();
  });
  timer->arm(now());
  run_for(milliseconds(200));
  EXPECT_EQ(fired, 3);
}

TEST_F(Timers, a_watch_of_the_wall_clock_hears_that_it_is_set_and_nothing_else) {
  int heard = 0;
  WallStepWatch watch(loop_, [&] { ++heard; });
  run_for(milliseconds(20));
  EXPECT_EQ(heard, 0);
  // Setting the clock to what it shows tells all watchers and moves it by microseconds.
  for (int round = 1; round <= 2; ++round) {
    timespec wall{};
    clock_gettime(CLOCK_REALTIME, &wall);
    if (clock_settime(CLOCK_REALTIME, &wall) != 0) GTEST_SKIP() << "needs CAP_SYS_TIME";
    int before = heard;
    heard = 0;
    EXPECT_TRUE(run_until_fired(heard)) << "round " << round << " after " << before;
  }
}

}  // namespace
}  // namespace nape::host

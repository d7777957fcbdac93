// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_life.hpp"

#include <gtest/gtest.h>

namespace nape::host {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Order = PluginLife::Order;

constexpr Exit crashed{true, 11};

class Life : public testing::Test {
 protected:
  // To the deadline and through it.
  Order let_it_come() {
    now_ = *life_.deadline();
    return life_.on_tick(now_);
  }
  void spawn_and_greet() {
    life_.on_spawned(now_);
    life_.on_hello(now_);
  }
  Duration crash_after(Duration ran) {
    now_ += ran;
    life_.on_exit(now_, crashed, "");
    return life_.deadline() ? *life_.deadline() - now_ : Duration::zero();
  }

  BootTime now_{seconds(10'000)};
  PluginLife life_{PluginLimits{}, PluginSpec::Kind::live, 42};
};

TEST_F(Life, a_plugin_is_spawned_greets_and_is_pinged_only_after_five_minutes_of_silence) {
  EXPECT_EQ(life_.start(now_), Order::spawn);
  life_.on_spawned(now_);
  EXPECT_EQ(life_.state(), PluginState::starting);
  EXPECT_EQ(*life_.deadline(), now_ + seconds(5));
  life_.on_hello(now_);
  EXPECT_EQ(life_.state(), PluginState::running);
  EXPECT_EQ(*life_.deadline(), now_ + minutes(5));
  now_ += minutes(4);
  life_.on_heard(now_);
  EXPECT_EQ(*life_.deadline(), now_ + minutes(5)) << "every frame puts the ping off";
  EXPECT_EQ(let_it_come(), Order::ping);
  EXPECT_EQ(*life_.deadline(), now_ + seconds(10));
  life_.on_pong(now_, life_.ping_id() + 1);
  EXPECT_EQ(*life_.deadline(), now_ + seconds(10)) << "somebody else's pong";
  life_.on_pong(now_, life_.ping_id());
  EXPECT_EQ(*life_.deadline(), now_ + minutes(5));
}

TEST_F(Life, a_ping_is_due_at_a_whole_second) {
  now_ += milliseconds(123);
  life_.start(now_);
  spawn_and_greet();
  EXPECT_EQ(life_.deadline()->time_since_epoch() % seconds(1), Duration::zero());
}

TEST_F(Life, no_pong_is_a_kill) {
  life_.start(now_);
  spawn_and_greet();
  EXPECT_EQ(let_it_come(), Order::ping);
  EXPECT_EQ(let_it_come(), Order::kill);
  EXPECT_EQ(life_.fault(), PluginFault::hang);
  EXPECT_EQ(life_.state(), PluginState::backing_off);
  EXPECT_FALSE(life_.deadline()) << "nothing but its end is waited for";
  life_.on_exit(now_, {true, 9}, "");
  EXPECT_EQ(life_.reason(), "did not answer within 10 s");
}

TEST_F(Life, a_wait_that_was_slept_through_begins_anew) {
  life_.start(now_);
  spawn_and_greet();
  EXPECT_EQ(let_it_come(), Order::ping);
  now_ = *life_.deadline() + std::chrono::hours(8);
  EXPECT_EQ(life_.on_tick(now_), Order::none);
  EXPECT_EQ(*life_.deadline(), now_ + seconds(10));
  EXPECT_EQ(let_it_come(), Order::kill);
}

TEST_F(Life, back_offs_double_up_to_five_minutes_and_are_a_little_spread) {
  life_.start(now_);
  Duration full = seconds(1);
  for (int i = 0; i < 15; ++i) {
    spawn_and_greet();
    const Duration pause = crash_after(minutes(2));
    EXPECT_LE(pause, full);
    EXPECT_GE(pause, full * 8 / 10);
    EXPECT_EQ(let_it_come(), Order::spawn);
    full = std::min<Duration>(full * 2, minutes(5));
  }
  spawn_and_greet();
  EXPECT_LE(crash_after(minutes(10)), seconds(1)) << "a good run forgives";
}

TEST_F(Life, eight_quick_failures_in_a_row_are_enough) {
  life_.start(now_);
  for (int i = 0; i < 7; ++i) {
    spawn_and_greet();
    crash_after(seconds(3));
    ASSERT_EQ(let_it_come(), Order::spawn);
  }
  spawn_and_greet();
  crash_after(seconds(3));
  EXPECT_EQ(life_.state(), PluginState::given_up);
  EXPECT_EQ(life_.reason(), "failed 8 times in a row, the last time: ended by signal 11");
  EXPECT_FALSE(life_.deadline());
  EXPECT_EQ(life_.start(now_), Order::spawn) << "asked to, it is tried again";
}

TEST_F(Life, what_cannot_be_spawned_is_tried_again) {
  life_.start(now_);
  life_.on_not_spawned(now_, "fork: no");
  EXPECT_EQ(life_.state(), PluginState::backing_off);
  EXPECT_EQ(life_.reason(), "fork: no");
  EXPECT_EQ(let_it_come(), Order::spawn);
}

TEST_F(Life, exit_code_69_waits_for_another_session) {
  life_.start(now_);
  spawn_and_greet();
  life_.on_exit(now_, {false, 69}, "No display.");
  EXPECT_EQ(life_.state(), PluginState::unfit);
  EXPECT_EQ(life_.reason(), "No display.");
  EXPECT_FALSE(life_.deadline());
  EXPECT_FALSE(life_.fault());
}

TEST_F(Life, ending_unasked_with_code_0_is_a_crash_for_a_sensor_and_the_end_for_a_recording) {
  life_.start(now_);
  spawn_and_greet();
  life_.on_exit(now_, {false, 0}, "");
  EXPECT_EQ(life_.state(), PluginState::backing_off);
  PluginLife recording({}, PluginSpec::Kind::recording, 1);
  recording.start(now_);
  recording.on_spawned(now_);
  recording.on_hello(now_);
  recording.on_exit(now_, {false, 0}, "");
  EXPECT_EQ(recording.state(), PluginState::stopped);
}

TEST_F(Life, a_stop_closes_the_input_then_terminates_then_kills) {
  life_.start(now_);
  spawn_and_greet();
  const BootTime begun = now_;
  EXPECT_EQ(life_.stop(now_), Order::close_input);
  EXPECT_EQ(life_.stop(now_), Order::none) << "safe twice";
  EXPECT_EQ(let_it_come(), Order::terminate);
  EXPECT_EQ(now_, begun + seconds(2));
  EXPECT_EQ(let_it_come(), Order::kill);
  EXPECT_EQ(now_, begun + seconds(3));
  EXPECT_FALSE(life_.deadline());
  life_.on_exit(now_, {true, 9}, "");
  EXPECT_EQ(life_.state(), PluginState::stopped);
}

TEST_F(Life, a_stop_before_the_start_and_in_a_back_off_is_done_at_once) {
  EXPECT_EQ(life_.stop(now_), Order::none);
  EXPECT_EQ(life_.state(), PluginState::stopped);
  life_.start(now_);
  spawn_and_greet();
  crash_after(seconds(1));
  EXPECT_EQ(life_.stop(now_), Order::none);
  EXPECT_EQ(life_.state(), PluginState::stopped);
  EXPECT_FALSE(life_.deadline());
}

TEST_F(Life, wanted_again_while_it_stops_it_starts_after_its_end) {
  life_.start(now_);
  spawn_and_greet();
  life_.stop(now_);
  EXPECT_EQ(life_.start(now_), Order::none);
  EXPECT_EQ(life_.on_exit(now_, {false, 0}, ""), Order::spawn);
}

TEST_F(Life, the_refused_are_not_tried_again_by_themselves) {
  life_.start(now_);
  life_.on_spawned(now_);
  EXPECT_EQ(life_.refuse("speaks protocol 9"), Order::kill);
  EXPECT_EQ(life_.condemn("also noise"), Order::none);
  life_.on_exit(now_, {true, 9}, "");
  EXPECT_EQ(life_.state(), PluginState::given_up);
  EXPECT_EQ(life_.reason(), "speaks protocol 9");
  EXPECT_FALSE(life_.deadline());
}

TEST_F(Life, one_that_closes_its_output_has_two_seconds_to_follow) {
  life_.start(now_);
  spawn_and_greet();
  life_.on_output_end(now_);
  EXPECT_EQ(*life_.deadline(), now_ + seconds(2));
  EXPECT_EQ(let_it_come(), Order::kill);
  EXPECT_EQ(life_.reason(), "closed its output and went on");
}

}  // namespace
}  // namespace nape::host

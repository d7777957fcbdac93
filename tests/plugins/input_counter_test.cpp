// SPDX-License-Identifier: Apache-2.0
#include "x11/input_counter.hpp"

#include <gtest/gtest.h>

namespace nape::x11 {
namespace {

TEST(InputCounter, counts_presses_and_not_the_repeats_of_a_held_key) {
  InputCounter counter;
  EXPECT_TRUE(counter.key_pressed(38));
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(counter.key_pressed(38));
  counter.key_released(38);
  EXPECT_TRUE(counter.key_pressed(38));
  EXPECT_EQ(counter.tally().keys, 2U);
}

TEST(InputCounter, knows_a_held_key_across_tallies) {
  InputCounter counter;
  counter.key_pressed(38);
  counter.clear();
  EXPECT_FALSE(counter.key_pressed(38));
  EXPECT_TRUE(counter.tally().is_empty());
}

TEST(InputCounter, counts_keys_that_overlap_as_in_fast_typing) {
  InputCounter counter;
  counter.key_pressed(50);
  counter.key_pressed(38);
  counter.key_released(50);
  EXPECT_FALSE(counter.key_pressed(38));
  counter.key_released(38);
  counter.key_pressed(39);
  EXPECT_EQ(counter.tally().keys, 3U);
}

TEST(InputCounter, a_release_that_got_lost_costs_at_most_one_key) {
  InputCounter counter;
  counter.key_pressed(38);
  counter.key_pressed(39);
  EXPECT_TRUE(counter.key_pressed(38));
}

TEST(InputCounter, takes_wheel_buttons_for_steps_and_others_for_clicks) {
  InputCounter counter;
  for (std::uint32_t button = 1; button <= 9; ++button) {
    counter.button_pressed(button, Emulated::no);
  }
  EXPECT_EQ(counter.tally().scroll, 4U);
  EXPECT_EQ(counter.tally().clicks, 5U);
}

TEST(InputCounter, counts_a_smooth_wheel_step_once) {
  InputCounter counter;
  EXPECT_FALSE(counter.moved(0b1000, Emulated::no));  // the wheel's own axis
  EXPECT_TRUE(counter.button_pressed(5, Emulated::yes));
  EXPECT_EQ(counter.tally().scroll, 1U);
  EXPECT_EQ(counter.tally().motion, 0U);
}

TEST(InputCounter, counts_a_touch_and_not_the_click_made_of_it) {
  InputCounter counter;
  counter.touched();
  EXPECT_FALSE(counter.button_pressed(1, Emulated::yes));
  EXPECT_FALSE(counter.moved(0b11, Emulated::yes));
  EXPECT_EQ(counter.tally().touch, 1U);
  EXPECT_EQ(counter.tally().clicks + counter.tally().motion, 0U);
}

}  // namespace
}  // namespace nape::x11

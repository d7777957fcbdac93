// SPDX-License-Identifier: Apache-2.0
#include "metrics/continued.hpp"

#include <gtest/gtest.h>

#include "adapters/metrics/sample.hpp"

namespace nape::metrics {
namespace {

using std::chrono::minutes;

TEST(Continued, one_engine_is_told_as_it_is) {
  Continued continued;
  const auto totals = sample::totals();
  EXPECT_EQ(continued.through(totals).counts, totals.counts);
  EXPECT_EQ(continued.through(totals).breaks, totals.breaks);
  EXPECT_EQ(continued.through(totals).windows, totals.windows);
}

TEST(Continued, every_counter_goes_on_in_the_next_engine) {
  Continued continued;
  const auto totals = sample::totals();
  continued.engine_ends(totals);
  const auto both = continued.through(totals);
  EXPECT_EQ(both.counts.keys, 2 * totals.counts.keys);
  EXPECT_EQ(both.counts.motion, 2 * totals.counts.motion);
  EXPECT_EQ(both.use_under_30, 2 * totals.use_under_30);
  EXPECT_EQ(both.use_30_to_60, 2 * totals.use_30_to_60);
  EXPECT_EQ(both.sitting_input, 2 * totals.sitting_input);
  EXPECT_EQ(both.sitting_passive, 2 * totals.sitting_passive);
  EXPECT_EQ(both.windows.at("browser"), minutes(80));
  EXPECT_EQ(both.setups[3], minutes(180));
  EXPECT_EQ(both.breaks.at("rest")[3], 4U);
  EXPECT_EQ(both.stretch_buckets[7], 2U);
  EXPECT_EQ(both.stretch_sum, 2 * totals.stretch_sum);
}

TEST(Continued, a_counter_that_falls_without_a_word_began_anew) {
  Continued continued;
  Totals totals;
  totals.counts.keys = 10;
  continued.through(totals);
  totals.counts.keys = 3;
  EXPECT_EQ(continued.through(totals).counts.keys, 13U);
  totals.counts.keys = 4;
  EXPECT_EQ(continued.through(totals).counts.keys, 14U);
}

TEST(Continued, a_dropped_kind_stays_at_what_it_had_reached_and_the_others_are_not_doubled) {
  Continued continued;
  auto totals = sample::totals();
  continued.through(totals);
  totals.breaks.erase("micro");
  const auto after = continued.through(totals);
  EXPECT_EQ(after.breaks.at("micro")[0], 3U);
  EXPECT_EQ(after.breaks.at("rest")[0], 1U);
  EXPECT_EQ(after.counts.keys, totals.counts.keys);
}

}  // namespace
}  // namespace nape::metrics

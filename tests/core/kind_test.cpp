// SPDX-License-Identifier: Apache-2.0
#include "core/kind.hpp"

#include <gtest/gtest.h>

namespace nape {
namespace {

using namespace std::chrono_literals;

BreakKind rest() {
  BreakKind rule;
  rule.name = "rest";
  rule.every = 50min;
  rule.length = 5min;
  return rule;
}

TEST(Kind, owes_no_more_than_every) {
  const auto rule = rest();
  Kind kind(rule);
  kind.accrue(3h);
  EXPECT_EQ(kind.owed, Duration(50min));
}

TEST(Kind, one_whole_length_pays_exactly_all) {
  auto rule = rest();
  rule.every = 50min + 7ms;  // no multiple of the length
  rule.length = 5min + 1ms;
  EXPECT_EQ(Kind(rule).paid_by(rule.length, rule.every), rule.every);
}

TEST(Kind, the_rest_that_it_asks_for_leaves_no_remainder) {
  auto rule = rest();
  rule.every = 47min + 3ms;
  const Kind kind(rule);
  for (Duration owed = 1ms; owed <= rule.every; owed += 61s + 17ms) {
    EXPECT_EQ(kind.paid_by(kind.rest_for(owed), owed), owed) << owed.count();
  }
}

TEST(Kind, a_whole_credit_pays_nothing_short_of_its_length) {
  auto rule = rest();
  rule.credit = Credit::whole;
  const Kind kind(rule);
  EXPECT_EQ(kind.paid_by(rule.length - 1ms, 20min), 0ms);
  EXPECT_EQ(kind.paid_by(rule.length, 20min), Duration(20min));
}

TEST(Kind, a_partial_rest_shortens_what_is_still_owed) {
  const auto rule = rest();
  Kind kind(rule);
  kind.accrue(50min);
  kind.run = RestRun{BootTime{}, kind.owed, 0};
  kind.pay(BootTime(2min));
  EXPECT_EQ(kind.rest_for(kind.owed), Duration(3min));
}

TEST(Kind, another_rule_keeps_what_is_owed_up_to_its_own_every) {
  const auto old_rule = rest();
  Kind old(old_rule);
  old.accrue(40min);
  auto shorter = rest();
  shorter.every = 30min;
  Kind kind(shorter);
  kind.inherit(old, BootTime{});
  EXPECT_EQ(kind.owed, Duration(30min));
}

}  // namespace
}  // namespace nape

// SPDX-License-Identifier: Apache-2.0
#include "notify/pending_calls.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace nape::notify {
namespace {

using std::chrono::milliseconds;

class PendingCallsTest : public testing::Test {
 protected:
  std::uint64_t add(milliseconds deadline) {
    return calls_.add(deadline, [this](const Shown& shown) { ends_.push_back(shown); });
  }

  PendingCalls calls_;
  std::vector<Shown> ends_;
};

TEST_F(PendingCallsTest, a_call_ends_once) {
  const auto call = add(milliseconds(5));
  EXPECT_TRUE(calls_.is_pending(call));
  EXPECT_TRUE(calls_.end(call, {3, ""}));
  EXPECT_FALSE(calls_.end(call, {4, ""}));
  calls_.fail_all("late");
  ASSERT_EQ(ends_.size(), 1U);
  EXPECT_EQ(ends_[0].id, 3U);
}

TEST_F(PendingCallsTest, a_call_expires_at_its_deadline_and_not_before) {
  add(milliseconds(5));
  add(milliseconds(9));
  EXPECT_EQ(calls_.deadline(), milliseconds(5));
  calls_.expire(milliseconds(4), "slow");
  EXPECT_TRUE(ends_.empty());
  calls_.expire(milliseconds(5), "slow");
  ASSERT_EQ(ends_.size(), 1U);
  EXPECT_EQ(ends_[0].id, 0U);
  EXPECT_EQ(ends_[0].failure, "slow");
  EXPECT_EQ(calls_.deadline(), milliseconds(9));
}

TEST_F(PendingCallsTest, without_calls_there_is_no_deadline) {
  EXPECT_EQ(calls_.deadline(), std::nullopt);
}

TEST_F(PendingCallsTest, a_call_made_from_the_end_of_another_outlives_the_failure_of_all) {
  calls_.add(milliseconds(5), [this](const Shown&) { add(milliseconds(6)); });
  calls_.fail_all("gone");
  EXPECT_TRUE(ends_.empty());
  EXPECT_EQ(calls_.deadline(), milliseconds(6));
}

}  // namespace
}  // namespace nape::notify

// SPDX-License-Identifier: Apache-2.0
#include "cli/watching.hpp"

#include <gtest/gtest.h>

namespace nape::cli {
namespace {

TEST(Watching, an_hour_where_nothing_moves) { EXPECT_EQ(seconds_until_other({}), 3600); }

TEST(Watching, until_the_next_minute_of_a_running_stretch) {
  v1::StatusResponse status;
  status.mutable_stretch()->set_seconds(47 * 60 + 12);
  EXPECT_EQ(seconds_until_other(status), 48);
  status.set_speed(60);
  EXPECT_EQ(seconds_until_other(status), 1);
}

TEST(Watching, ten_seconds_at_most_in_a_running_break) {
  v1::StatusResponse status;
  v1::Kind& kind = *status.add_kinds();
  kind.set_verdict("begun");
  kind.set_rested_seconds(33);
  EXPECT_EQ(seconds_until_other(status), 7);
}

TEST(Watching, the_soonest_decides) {
  v1::StatusResponse status;
  status.mutable_presence()->set_state("away");
  status.mutable_presence()->set_for_seconds(100);
  v1::Kind& kind = *status.add_kinds();
  kind.set_next_unix_seconds(1);
  kind.set_owed_seconds(50);
  EXPECT_EQ(seconds_until_other(status), 10);
}

}  // namespace
}  // namespace nape::cli

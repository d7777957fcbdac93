// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "control/http_access.hpp"

namespace nape::control {
namespace {

const AccessRules rules{1000, {9090}, {2000}};

TEST(HttpAccess, the_owner_may_do_everything) {
  EXPECT_EQ(access_of(1000, rules), Access::everything);
  EXPECT_TRUE(may(Access::everything, "POST", "/nape.v1.Control/GetStatus"));
}

TEST(HttpAccess, root_and_named_readers_get_the_team_profile_and_nothing_else) {
  EXPECT_EQ(access_of(0, rules), Access::metrics_team);
  EXPECT_EQ(access_of(9090, rules), Access::metrics_team);
  EXPECT_TRUE(may(Access::metrics_team, "GET", "/metrics"));
  EXPECT_FALSE(may(Access::metrics_team, "POST", "/metrics"));
  EXPECT_FALSE(may(Access::metrics_team, "GET", "/metrics/"));
  EXPECT_FALSE(may(Access::metrics_team, "GET", "/"));
  EXPECT_FALSE(may(Access::metrics_team, "GET", "/nape.v1.Control/GetStatus"));
}

TEST(HttpAccess, only_who_the_owner_names_reads_the_personal_profile) {
  EXPECT_EQ(access_of(2000, rules), Access::metrics_personal);
  EXPECT_EQ(access_of(0, {1000, {}, {0}}), Access::metrics_personal);
  EXPECT_FALSE(may(Access::metrics_personal, "GET", "/nape.v1.Control/GetStatus"));
}

TEST(HttpAccess, everybody_else_is_refused_with_the_line_that_would_help) {
  EXPECT_EQ(access_of(1001, rules), Access::refused);
  EXPECT_FALSE(may(Access::refused, "GET", "/metrics"));
  const auto text = refusal(1001, "/home/a/nape.toml");
  EXPECT_NE(text.find("1001"), std::string::npos);
  EXPECT_NE(text.find("[metrics] in /home/a/nape.toml"), std::string::npos);
  EXPECT_NE(text.find("\nallow = [\"prometheus\", 1001]"), std::string::npos);
}

TEST(HttpAccess, a_daemon_of_root_belongs_to_root) {
  EXPECT_EQ(access_of(0, {0, {}, {}}), Access::everything);
}

TEST(HttpAccess, users_are_named_or_numbered_and_unknown_ones_are_told) {
  std::vector<std::string> unknown;
  EXPECT_EQ(uids_of({"root", "4242", "no-such-user-here", "12x"}, unknown),
            (std::vector<uid_t>{0, 4242}));
  EXPECT_EQ(unknown, (std::vector<std::string>{"no-such-user-here", "12x"}));
}

}  // namespace
}  // namespace nape::control

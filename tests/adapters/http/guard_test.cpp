// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "control/http_guard.hpp"

namespace nape::control {
namespace {

const auto own = own_authorities("127.0.0.1", 16273);

int status_for(HttpHeaders headers) {
  const auto answer = stranger_at_the_door(headers, own);
  return answer ? answer->status : 0;
}

TEST(HttpGuard, own_names_with_the_port_are_known_in_any_case) {
  EXPECT_EQ(status_for({{"Host", "localhost:16273"}}), 0);
  EXPECT_EQ(status_for({{"HOST", "LocalHost:16273"}}), 0);
  EXPECT_EQ(status_for({{"Host", "127.0.0.1:16273"}}), 0);
  EXPECT_EQ(status_for({{"Host", "[::1]:16273"}}), 0);
}

TEST(HttpGuard, other_names_and_ports_are_refused) {
  for (const char* host : {"evil.example", "evil.example:16273", "localhost", "127.0.0.1",
                           "localhost:16274", "localhost:162730", "127.0.0.1:16273.evil.example",
                           "localhost.:16273", "", "user@localhost:16273", "127.1:16273"})
    EXPECT_EQ(status_for({{"Host", host}}), 403) << host;
}

TEST(HttpGuard, there_is_exactly_one_host) {
  EXPECT_EQ(status_for({}), 400);
  EXPECT_EQ(status_for({{"Host", "localhost:16273"}, {"host", "127.0.0.1:16273"}}), 400);
}

TEST(HttpGuard, requests_from_other_pages_are_refused) {
  const auto with = [](std::string name, std::string value) {
    return status_for({{"Host", "localhost:16273"}, {std::move(name), std::move(value)}});
  };
  EXPECT_EQ(with("Origin", "http://evil.example"), 403);
  EXPECT_EQ(with("Origin", "null"), 403);
  EXPECT_EQ(with("Origin", "https://localhost:16273"), 403);
  EXPECT_EQ(with("Origin", "http://localhost:3000"), 403);
  EXPECT_EQ(with("Referer", "http://evil.example/localhost:16273"), 403);
  EXPECT_EQ(with("Referer", "http://localhost:16273@evil.example/"), 403);
  EXPECT_EQ(with("Sec-Fetch-Site", "cross-site"), 403);
  EXPECT_EQ(with("Sec-Fetch-Site", "same-site"), 403);
  EXPECT_EQ(with("Sec-Fetch-Site", ""), 403);
}

TEST(HttpGuard, the_own_page_may_ask) {
  EXPECT_EQ(status_for({{"Host", "localhost:16273"},
                        {"Origin", "http://localhost:16273"},
                        {"Referer", "http://localhost:16273/page?x#y"},
                        {"Sec-Fetch-Site", "same-origin"}}),
            0);
  EXPECT_EQ(status_for({{"Host", "localhost:16273"}, {"Sec-Fetch-Site", "none"}}), 0);
}

TEST(HttpGuard, absolute_targets_are_taken_for_own_names_only) {
  EXPECT_EQ(origin_form("/metrics?x", own), "/metrics?x");
  EXPECT_EQ(origin_form("http://localhost:16273/metrics", own), "/metrics");
  EXPECT_EQ(origin_form("http://localhost:16273", own), "/");
  EXPECT_FALSE(origin_form("http://evil.example/metrics", own));
  EXPECT_FALSE(origin_form("https://localhost:16273/", own));
  EXPECT_FALSE(origin_form("localhost:443", own));
  EXPECT_FALSE(origin_form("*", own));
}

}  // namespace
}  // namespace nape::control

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "control/http_text.hpp"

namespace nape::control {
namespace {

const WallTime date(std::chrono::seconds(784111777));

TEST(HttpText, dates_are_those_of_the_standard) {
  EXPECT_EQ(http_date(date), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(date + Duration(999)), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(HttpText, an_answer_keeps_pages_and_caches_away) {
  const auto head = response_head({200, "text/plain", "four", {}}, Connection::keep_alive, date);
  EXPECT_TRUE(
      head.starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                       "Content-Length: 4\r\nContent-Type: text/plain\r\n"));
  for (const char* line : {"Cache-Control: no-store", "Content-Security-Policy: default-src 'none'",
                           "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY"})
    EXPECT_NE(head.find(line), std::string::npos) << line;
  EXPECT_EQ(head.find("Access-Control"), std::string::npos);
  EXPECT_EQ(head.find("Connection"), std::string::npos);
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(HttpText, a_page_brings_its_own_policy) {
  const auto head = response_head(
      {200,
       "text/html",
       "",
       {{"content-security-policy", "default-src 'self'"}, {"Cache-Control", "max-age=1"}}},
      Connection::close, date);
  EXPECT_EQ(head.find("'none'"), std::string::npos);
  EXPECT_EQ(head.find("no-store"), std::string::npos);
  EXPECT_NE(head.find("default-src 'self'"), std::string::npos);
  EXPECT_NE(head.find("Connection: close\r\n"), std::string::npos);
}

TEST(HttpText, a_header_cannot_be_split) {
  const auto head = response_head({200, "text/plain", "", {{"X-A", "a\r\nSet-Cookie: b"}}},
                                  Connection::close, date);
  EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
}

TEST(HttpText, no_content_has_no_length) {
  EXPECT_EQ(response_head({204, "", "", {}}, Connection::keep_alive, date).find("Content-Length"),
            std::string::npos);
}

}  // namespace
}  // namespace nape::control

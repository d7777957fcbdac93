// SPDX-License-Identifier: Apache-2.0
#include "cli/client.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cli/http_answer.hpp"

namespace nape::cli {
namespace {

std::string answer_text(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

Failure failure_of(const std::string& text) {
  const auto answer = read_answer(text);
  if (const auto* failure = std::get_if<Failure>(&answer)) return *failure;
  ADD_FAILURE() << "accepted: " << text;
  return {};
}

TEST(Client, an_answer_is_its_body) {
  EXPECT_EQ(std::get<std::string>(read_answer(answer_text("200 OK", "{\"a\":1}"))), "{\"a\":1}");
  EXPECT_EQ(std::get<std::string>(read_answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")), "");
}

TEST(Client, a_refusal_is_told_in_the_daemons_words) {
  const Failure failure = failure_of(answer_text(
      "400 Bad Request",
      R"({"code":"failed_precondition","message":"\"rest\" is not due.\nAt all \u00fc\\"})"));
  EXPECT_EQ(failure.why, Failure::Why::said_no);
  EXPECT_EQ(failure.code, "failed_precondition");
  EXPECT_EQ(failure.what, "\"rest\" is not due.\nAt all \xc3\xbc\\");
  EXPECT_EQ(failure_of(answer_text("403 Forbidden", "no")).what, "The daemon refused (HTTP 403).");
}

TEST(Client, half_and_foreign_answers_are_broken) {
  const std::string whole = answer_text("200 OK", "{\"a\":1}");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(failure_of(whole.substr(0, length)).why, Failure::Why::broken) << length;
  }
  for (const char* text : {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nbody",
                           "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"}) {
    EXPECT_EQ(failure_of(text).why, Failure::Why::broken) << text;
  }
}

TEST(Client, broken_escapes_end_the_text_and_nothing_else) {
  EXPECT_EQ(json_value(R"({"message":"a\)", "message"), "a");
  EXPECT_EQ(json_value(R"({"message":"a\u00)", "message"), "a");
  EXPECT_EQ(json_value(R"({"message":"a\uzzzzb"})", "message"), "ab");
  EXPECT_EQ(json_value(R"({"code":"x"})", "message"), "");
}

TEST(Client, nobody_listening_is_not_running) {
  const auto answer =
      Client("/nonexistent/nape/control.sock").call("Status", Client::Codec::json, "{}");
  ASSERT_TRUE(std::holds_alternative<Failure>(answer));
  EXPECT_EQ(std::get<Failure>(answer).why, Failure::Why::not_running);
}

TEST(Client, a_path_that_no_socket_can_have_is_told) {
  const auto answer = Client("/" + std::string(200, 'x')).call("Status", Client::Codec::json, "{}");
  ASSERT_TRUE(std::holds_alternative<Failure>(answer));
  EXPECT_EQ(std::get<Failure>(answer).why, Failure::Why::broken);
}

}  // namespace
}  // namespace nape::cli

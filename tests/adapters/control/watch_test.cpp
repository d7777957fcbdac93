// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "nape/v1/control.pb.h"
#include "tests/adapters/control/api.hpp"

namespace nape::tests {
namespace {

using namespace std::chrono_literals;
using control::HttpRequest;

const Instant noon = example_instant(12h);

HttpRequest watch(std::uint32_t since, const std::string& rest = "") {
  return Api::request("Watch", "{\"since\":" + std::to_string(since) + rest + "}");
}

TEST(Watch, another_revision_is_answered_at_once) {
  Api api;
  EXPECT_EQ(api.ask<v1::StatusResponse>("Watch", R"({"since":0})").revision(), 1U);
  EXPECT_EQ(api.ask<v1::StatusResponse>("Watch", R"({"since":7})").revision(), 1U);
  EXPECT_FALSE(api.service.deadline());
}

TEST(Watch, the_same_revision_waits_for_a_change) {
  Api api;
  const auto one = api.begin(watch(1));
  const auto two = api.begin(watch(1));
  EXPECT_EQ(one->answers + two->answers, 0);
  api.backend.now.locked = true;
  api.service.changed();
  ASSERT_EQ(one->answers, 1);
  ASSERT_EQ(two->answers, 1);
  EXPECT_NE(one->response->body.find("\"revision\":2"), std::string::npos);
  EXPECT_NE(one->response->body.find("\"locked\":true"), std::string::npos);
  api.service.changed();
  EXPECT_EQ(one->answers, 1);
}

TEST(Watch, time_that_merely_passes_is_no_change) {
  Api api;
  const auto exchange = api.begin(watch(1));
  api.backend.now.at = api.backend.now.at.after(1s);
  api.backend.now.stretch->so_far.end = api.backend.now.at;
  api.backend.now.stretch->so_far.use_30 += 1s;
  api.backend.now.kinds[1].owed += 1s;
  api.backend.programs[0].frames += 1;
  api.backend.programs[0].in_state += 1s;
  api.service.changed();
  EXPECT_EQ(exchange->answers, 0);
  EXPECT_EQ(api.ask<v1::StatusResponse>("Status").revision(), 1U);
  api.backend.programs[0].restarts += 1;
  api.service.changed();
  EXPECT_EQ(exchange->answers, 1);
}

TEST(Watch, a_change_that_nobody_announced_is_found_by_whoever_asks) {
  Api api;
  const auto exchange = api.begin(watch(1));
  api.backend.now.paused = true;
  EXPECT_EQ(api.ask<v1::StatusResponse>("Status").revision(), 2U);
  EXPECT_EQ(exchange->answers, 1);
}

TEST(Watch, a_wait_that_is_over_is_answered_with_the_same_revision) {
  Api api;
  const auto exchange = api.begin(watch(1, R"(,"wait_seconds":60)"));
  EXPECT_EQ(api.service.deadline(), noon.boot + 60s);
  api.service.tick(noon.after(59s));
  EXPECT_EQ(exchange->answers, 0);
  api.service.tick(noon.after(60s));
  ASSERT_EQ(exchange->answers, 1);
  EXPECT_EQ(exchange->response->status, 200);
  EXPECT_FALSE(api.service.deadline());
}

TEST(Watch, waits_ten_minutes_unless_told_and_not_at_all_for_zero) {
  Api api;
  const auto patient = api.begin(watch(1));
  EXPECT_EQ(api.service.deadline(), noon.boot + 10min);
  EXPECT_EQ(api.begin(watch(1, R"(,"wait_seconds":0)"))->answers, 1);
  for (const char* bad : {"-1", "3601", "\"NaN\"", "\"Infinity\""}) {
    EXPECT_EQ(api.call(watch(1, std::string(R"(,"wait_seconds":)") + bad)).status, 400) << bad;
  }
  EXPECT_EQ(patient->answers, 0);
}

TEST(Watch, a_shorter_time_out_of_the_caller_is_an_error_when_it_runs_out) {
  Api api;
  HttpRequest request = watch(1, R"(,"wait_seconds":60)");
  request.headers.emplace_back("Connect-Timeout-Ms", "5000");
  const auto exchange = api.begin(request);
  EXPECT_EQ(api.service.deadline(), noon.boot + 5s);
  api.service.tick(noon.after(5s));
  ASSERT_EQ(exchange->answers, 1);
  EXPECT_EQ(exchange->response->status, 504);
  EXPECT_NE(exchange->response->body.find("deadline_exceeded"), std::string::npos);
}

TEST(Watch, whoever_hangs_up_is_forgotten) {
  Api api;
  const auto gone = api.begin(watch(1, R"(,"wait_seconds":60)"));
  const auto there = api.begin(watch(1));
  gone->hang_up();
  EXPECT_EQ(api.service.deadline(), noon.boot + 10min);
  api.backend.now.locked = true;
  api.service.changed();
  EXPECT_EQ(gone->answers, 0);
  EXPECT_EQ(there->answers, 1);
}

TEST(Watch, one_too_many_makes_the_oldest_come_back_early) {
  Api api;
  const auto oldest = api.begin(watch(1));
  std::vector<std::shared_ptr<RecordingExchange>> others;
  for (int count = 0; count < 63; ++count) others.push_back(api.begin(watch(1)));
  EXPECT_EQ(oldest->answers, 0);
  others.push_back(api.begin(watch(1)));
  ASSERT_EQ(oldest->answers, 1);
  EXPECT_EQ(oldest->response->status, 200);
  for (const auto& other : others) EXPECT_EQ(other->answers, 0);
}

TEST(Watch, stopping_answers_everybody_and_lets_nobody_in) {
  Api api;
  const auto waiting = api.begin(watch(1));
  api.service.stop();
  api.service.stop();
  ASSERT_EQ(waiting->answers, 1);
  EXPECT_EQ(waiting->response->status, 503);
  EXPECT_EQ(api.call("Status").status, 503);
  EXPECT_EQ(api.call(watch(1)).status, 503);
}

}  // namespace
}  // namespace nape::tests

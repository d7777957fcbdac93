// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "nape/v1/control.pb.h"
#include "tests/adapters/control/api.hpp"

namespace nape::tests {
namespace {

using namespace std::chrono_literals;
using control::HttpResponse;

template <class Said>
const Said& last_said(const Api& api) {
  return std::get<Said>(api.backend.said.at(api.backend.said.size() - 1));
}

TEST(Service, status_tells_the_snapshot) {
  Api api;
  const auto status = api.ask<v1::StatusResponse>("Status");
  EXPECT_EQ(status.presence().state(), "active");
  EXPECT_EQ(status.presence().reason(), "input");
  EXPECT_EQ(status.presence().for_seconds(), 47 * 60 + 30);
  EXPECT_EQ(status.stretch().seconds(), 47 * 60);
  EXPECT_EQ(status.stretch().provisional_seconds(), 30);
  EXPECT_EQ(status.stretch().band_600_seconds(), 62 * 60);
  ASSERT_EQ(status.kinds_size(), 2);
  EXPECT_EQ(status.kinds(1).until_due_seconds(), 180);
  EXPECT_EQ(status.kinds(1).next_unix_seconds(), status.at_unix_seconds() + 180);
  EXPECT_EQ(status.day(), "2026-03-02");
  EXPECT_EQ(status.speed(), 1);
}

TEST(Service, nobody_there_means_no_next_time_and_no_stretch) {
  Api api;
  api.backend.now.presence = PresenceState::away;
  api.backend.now.stretch.reset();
  const auto status = api.ask<v1::StatusResponse>("Status");
  EXPECT_FALSE(status.has_stretch());
  EXPECT_TRUE(status.kinds(1).has_until_due_seconds());
  EXPECT_FALSE(status.kinds(1).has_next_unix_seconds());
}

TEST(Service, a_sensor_is_told_with_the_plugin_that_sees_it_best) {
  Api api;
  auto blind = example_x11();
  blind.name = "evdev";
  blind.sees = {{SensorKind::input, SensorState::lost, "no rights"}};
  api.backend.programs.insert(api.backend.programs.begin(), blind);
  const auto status = api.ask<v1::StatusResponse>("Status");
  ASSERT_EQ(status.sensors_size(), static_cast<int>(sensor_kind_count));
  EXPECT_EQ(status.sensors(0).plugin(), "x11");
  EXPECT_EQ(status.sensors(0).reason(), "");
  EXPECT_EQ(status.sensors(2).plugin(), "");
  EXPECT_EQ(status.sensors(2).state(), "lost");
  EXPECT_EQ(status.sensors(4).reason(), "The keyboard's kind is not known.");
}

TEST(Service, today_asks_for_the_running_day_unless_told_another) {
  Api api;
  api.backend.today = example_today();
  const auto today = api.ask<v1::TodayResponse>("Today");
  EXPECT_EQ(today.sitting_seconds(), 134 * 60);
  ASSERT_EQ(today.stretches_size(), 3);
  EXPECT_FALSE(today.stretches(2).has_end_unix_seconds());
  EXPECT_EQ(today.categories(0).name(), "terminal");
  api.ask<v1::TodayResponse>("Today", R"({"day":"2026-02-28"})");
  EXPECT_EQ(api.backend.days_asked, (std::vector<std::int32_t>{20514, 20512}));
}

TEST(Service, a_day_must_be_a_date_and_have_begun) {
  Api api;
  for (const char* bad :
       {"yesterday", "2026-2-28", "2026-02-30", "2026-13-01", "-026-01-01", "2026-03-02 "}) {
    EXPECT_NE(
        api.call("Today", std::string(R"({"day":")") + bad + "\"}").body.find("invalid_argument"),
        std::string::npos)
        << bad;
  }
  EXPECT_NE(api.call("Today", R"({"day":"2026-03-03"})").body.find("out_of_range"),
            std::string::npos);
  EXPECT_TRUE(api.backend.days_asked.empty());
}

TEST(Service, why_passes_kind_and_number_on) {
  Api api;
  Why why{"rest", Verdict::held, "call", 50min, 50min, 90s, 2s, PresenceState::present};
  api.backend.rows = {{example_instant(11h).wall, why}};
  const auto answer = api.ask<v1::WhyResponse>("Why", R"({"kind":"rest","last":5})");
  EXPECT_EQ(api.backend.why_asked, std::pair(std::string("rest"), 5U));
  ASSERT_EQ(answer.rows_size(), 1);
  EXPECT_EQ(answer.rows(0).verdict(), "held");
  EXPECT_EQ(answer.rows(0).because(), "call");
  EXPECT_EQ(answer.rows(0).overdue_seconds(), 90);
}

TEST(Service, why_knows_kinds_of_the_past_and_refuses_those_that_never_were) {
  Api api;
  EXPECT_EQ(api.call("Why", R"({"kind":"rest"})").status, 200);
  EXPECT_EQ(api.call("Why", R"({"kind":"lunch"})").status, 404);
  EXPECT_EQ(api.call("Why", R"({"last":0})").status, 400);
  EXPECT_EQ(api.call("Why", R"({"last":1001})").status, 400);
}

TEST(Service, plugins_are_told_with_what_they_see) {
  Api api;
  const auto plugins = api.ask<v1::PluginsResponse>("Plugins");
  ASSERT_EQ(plugins.plugins_size(), 2);
  EXPECT_EQ(plugins.plugins(0).state(), "running");
  EXPECT_EQ(plugins.plugins(0).sees(2).state(), "degraded");
  EXPECT_EQ(plugins.plugins(0).frames(), 8123);
}

TEST(Service, each_word_becomes_its_event_and_is_answered_with_the_status) {
  Api api;
  EXPECT_EQ(api.ask<v1::StatusResponse>("Break", R"({"action":"start","kind":"rest"})").revision(),
            1U);
  EXPECT_EQ(last_said<word::Start>(api).kind, "rest");
  api.call("Break", R"({"action":"postpone","kind":"rest"})");
  EXPECT_EQ(last_said<word::Postpone>(api).kind, "rest");
  api.call("Break", R"({"action":"skip","kind":"micro"})");
  EXPECT_EQ(last_said<word::Skip>(api).kind, "micro");
  api.call("Break", R"({"action":"exit","kind":"rest"})");
  EXPECT_EQ(last_said<word::Exit>(api).kind, "rest");
  api.call("Pause", R"({"length_seconds":3600.5})");
  EXPECT_EQ(last_said<word::Pause>(api).length, Duration(3'600'500));
  api.call("Pause");
  EXPECT_EQ(last_said<word::Pause>(api).length, std::nullopt);
  api.call("Resume");
  EXPECT_TRUE(std::holds_alternative<word::Resume>(api.backend.said.back()));
  api.call("Was", R"({"what":"reading","length_seconds":720})");
  EXPECT_EQ(last_said<word::Was>(api).what, word::Was::What::reading);
  EXPECT_EQ(last_said<word::Was>(api).length, 12min);
  api.call("Reading", R"({"on":true})");
  EXPECT_TRUE(last_said<word::Reading>(api).on);
  api.call("Desk", R"({"standing":true})");
  EXPECT_TRUE(last_said<word::Desk>(api).standing);
}

TEST(Service, impossible_words_never_reach_the_engine) {
  Api api;
  for (const char* length :
       {"0", "-1", "604801", "1e300", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""}) {
    EXPECT_EQ(api.call("Pause", std::string(R"({"length_seconds":)") + length + "}").status, 400)
        << length;
    EXPECT_EQ(
        api.call("Was", std::string(R"({"what":"away","length_seconds":)") + length + "}").status,
        400)
        << length;
  }
  EXPECT_EQ(api.call("Was", R"({"what":"asleep","length_seconds":60})").status, 400);
  EXPECT_EQ(api.call("Break", R"({"action":"stop","kind":"rest"})").status, 400);
  const HttpResponse response = api.call("Break", R"({"action":"start","kind":"lunch"})");
  EXPECT_EQ(response.status, 404);
  EXPECT_NE(response.body.find("micro, rest"), std::string::npos) << response.body;
  EXPECT_TRUE(api.backend.said.empty());
}

TEST(Service, an_unnamed_break_is_the_one_that_is_meant) {
  Api api;
  EXPECT_NE(api.call("Break", R"({"action":"skip"})").body.find("failed_precondition"),
            std::string::npos);
  api.call("Break", R"({"action":"start"})");
  EXPECT_EQ(last_said<word::Start>(api).kind, "rest");
  api.backend.now.kinds[0].due = true;
  api.call("Break", R"({"action":"start"})");
  EXPECT_EQ(last_said<word::Start>(api).kind, "micro");
  api.backend.now.kinds[1].due = true;
  api.backend.now.kinds[1].verdict = Verdict::prompting;
  api.call("Break", R"({"action":"postpone"})");
  EXPECT_EQ(last_said<word::Postpone>(api).kind, "rest");
  api.backend.now.kinds[0].begun = example_instant(11h);
  api.call("Break", R"({"action":"exit"})");
  EXPECT_EQ(last_said<word::Exit>(api).kind, "micro");
}

TEST(Service, a_refused_word_is_a_failed_precondition_with_a_sentence) {
  Api api;
  for (const Refusal why : {Refusal::not_due, Refusal::no_budget, Refusal::already_begun,
                            Refusal::not_begun, Refusal::no_gap, Refusal::only_tells}) {
    api.backend.refusal = Refused{why, "rest"};
    const HttpResponse response = api.call("Break", R"({"action":"skip","kind":"rest"})");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body.rfind("{\"code\":\"failed_precondition\"", 0), 0U) << response.body;
  }
}

TEST(Service, a_recording_starts_at_an_absolute_path_and_stops_with_its_length) {
  Api api;
  EXPECT_EQ(api.call("Record", R"({"path":"day.rec"})").status, 400);
  EXPECT_EQ(api.call("Record", R"({"path":"/tmp/a\u0000b"})").status, 400);
  EXPECT_EQ(api.call("Record").status, 400);
  EXPECT_EQ(api.ask<v1::RecordResponse>("Record", R"({"path":"/tmp/day.rec"})").path(),
            "/tmp/day.rec");
  EXPECT_EQ(api.ask<v1::StatusResponse>("Status").recording(), "/tmp/day.rec");
  EXPECT_EQ(api.ask<v1::RecordResponse>("Record").frames(), 17);
  api.backend.failure = Error{"cannot write '/x': No such file or directory"};
  EXPECT_NE(api.call("Record", R"({"path":"/x"})").body.find("failed_precondition"),
            std::string::npos);
}

TEST(Service, a_copy_may_be_answered_in_a_later_turn) {
  Api api;
  const auto exchange = api.begin(Api::request("Copy", "{}"));
  EXPECT_FALSE(exchange->response);
  api.backend.copy_done(std::string("/state/copy-1.db"));
  ASSERT_TRUE(exchange->response);
  EXPECT_EQ(exchange->response->body, R"({"path":"/state/copy-1.db"})");
  const auto second = api.begin(Api::request("Copy", "{}"));
  api.backend.copy_done(Error{"no room"});
  EXPECT_EQ(second->response->status, 503);
}

TEST(Service, refused_settings_come_back_as_the_message) {
  Api api;
  EXPECT_EQ(api.call("Reload").body, "{}");
  api.backend.failure = Error{"nape.toml:3: error"};
  EXPECT_EQ(api.call("Reload").body,
            R"({"code":"failed_precondition","message":"nape.toml:3: error"})");
}

TEST(Service, version_tells_who_is_answering) {
  Api api;
  const auto version = api.ask<v1::VersionResponse>("Version");
  EXPECT_EQ(version.version(), "0.1.0");
  EXPECT_EQ(version.pid(), 4241U);
  EXPECT_EQ(version.page_url(), "http://127.0.0.1:16273");
}

}  // namespace
}  // namespace nape::tests

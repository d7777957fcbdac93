// SPDX-License-Identifier: Apache-2.0
//
// The format of scenarios and recordings: parsing, order, expectations, round trips.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "scenario/event_line.hpp"
#include "scenario/expectation.hpp"
#include "scenario/recording.hpp"
#include "scenario/scenario.hpp"
#include "scenario/timeline.hpp"

namespace nape::scenario {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string head = "start 2026-03-02T09:00:00+01:00 Europe/Berlin\n";

Scenario parsed(const std::string& lines) {
  const auto loaded = parse(head + lines, "x.scenario");
  EXPECT_TRUE(loaded) << (loaded.errors.empty() ? "" : loaded.errors[0].what);
  return *loaded.value;
}

std::vector<Moment> moments_of(MomentSource& source) {
  std::vector<Moment> moments;
  while (true) {
    auto moment = source.next();
    EXPECT_TRUE(moment);
    if (!moment || !*moment) return moments;
    moments.push_back(std::move(**moment));
  }
}

TEST(ScenarioFormat, all_errors_are_told_each_with_its_line) {
  const auto loaded = parse(head + "00:00:00 actve 20m\n00:00:01 lock\nnonsense\n", "x.scenario");
  EXPECT_FALSE(loaded);
  ASSERT_EQ(loaded.errors.size(), 2U);
  EXPECT_EQ(loaded.errors[0].line, 2);
  EXPECT_THAT(loaded.errors[0].what, HasSubstr("actve"));
  EXPECT_EQ(loaded.errors[1].line, 4);
}

TEST(ScenarioFormat, a_span_is_a_tally_in_every_second_and_ends_before_its_end) {
  const auto scenario = parsed("00:00:10 active 3s keys=4\n");
  Timeline timeline(scenario);
  const auto moments = moments_of(timeline);
  ASSERT_EQ(moments.size(), 3U);
  EXPECT_EQ(moments.back().at.boot, BootTime(12s));
  EXPECT_EQ(timeline.end().boot, BootTime(13s));
}

TEST(ScenarioFormat, lines_at_one_offset_act_in_the_order_written) {
  const auto scenario = parsed("00:00:05 active 2s\n00:00:06 lock\n00:00:06 unlock\n");
  Timeline timeline(scenario);
  const auto moments = moments_of(timeline);
  ASSERT_EQ(moments.size(), 4U);
  EXPECT_TRUE(std::holds_alternative<InputTally>(std::get<Event>(moments[1].action)));
  EXPECT_TRUE(std::get<Locked>(std::get<Event>(moments[2].action)).on);
  EXPECT_FALSE(std::get<Locked>(std::get<Event>(moments[3].action)).on);
}

TEST(ScenarioFormat, a_clock_step_moves_the_wall_and_no_offset) {
  const auto scenario = parsed("00:10:00 clock +1h\n00:20:00 lock\n");
  Timeline timeline(scenario);
  const auto moments = moments_of(timeline);
  EXPECT_EQ(moments[1].at.boot, BootTime(20min));
  EXPECT_EQ(moments[1].at.wall - scenario.start, Duration(80min));
}

EventLine due(Duration offset) {
  return {Instant{}.after(offset), offset, "break.due", {{"kind", "\"rest\""}}};
}

TEST(Expectation, a_missing_and_an_extra_event_both_fail) {
  const auto scenario = parsed("00:10:00 end\nexpect\n00:01:00 break.due kind=rest\n");
  EXPECT_TRUE(differences(scenario, {due(1min)}).empty());
  EXPECT_EQ(differences(scenario, {}).size(), 1U);
  EXPECT_EQ(differences(scenario, {due(1min), due(2min)}).size(), 1U);
  EXPECT_EQ(differences(scenario, {due(2min)}).size(), 2U) << "another second";
}

TEST(Expectation, events_that_are_not_mentioned_do_not_matter) {
  const auto scenario = parsed("00:10:00 end\nexpect\n00:01:00 break.due kind=rest\n");
  EventLine other{Instant{}.after(30s), 30s, "stretch.began", {}};
  EXPECT_TRUE(differences(scenario, {other, due(1min)}).empty());
}

TEST(Expectation, a_field_with_another_value_fails) {
  const auto scenario = parsed("00:10:00 end\nexpect\n00:01:00 break.due kind=micro\n");
  EXPECT_EQ(differences(scenario, {due(1min)}).size(), 2U);
}

TEST(EventLine, seconds_are_json_numbers_without_needless_digits) {
  EXPECT_EQ(json_seconds(300s), "300");
  EXPECT_EQ(json_seconds(300s + 1ms), "300.001");
  EXPECT_EQ(json_seconds(-1500ms), "-1.5");
}

class RecordingFile : public testing::Test {
 protected:
  RecordingFile() {
    char directory[] = "/tmp/nape-recording-XXXXXX";
    directory_ = ::mkdtemp(directory);
  }
  ~RecordingFile() override { std::filesystem::remove_all(directory_); }
  std::string file(const char* name) const { return directory_ / name; }

 private:
  std::filesystem::path directory_;
};

TEST_F(RecordingFile, tells_what_the_scenario_told) {
  const auto scenario = parsed(
      "00:00:00 active 5s keys=4 motion=2\n00:00:02 window app=firefox fullscreen\n00:00:03 signal "
      "camera on\n"
      "00:00:04 lid closed\n00:00:05 sensor input lost\n00:00:06 user was away 12m\n00:00:07 "
      "display laptop\n");
  ASSERT_TRUE(write_recording(scenario, file("r")));
  EXPECT_TRUE(is_recording(file("r")));
  auto recording = open_recording(file("r"));
  ASSERT_TRUE(recording);
  EXPECT_EQ((*recording)->zone(), "Europe/Berlin");
  EXPECT_EQ((*recording)->start().wall, scenario.start);
  Timeline timeline(scenario);
  auto expected = moments_of(timeline);
  auto told = moments_of(**recording);
  // The recording begins with the set-up, which a scenario takes for granted, and ends with its
  // end.
  ASSERT_EQ(told.size(), expected.size() + 2);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& event = std::get<Event>(told[i + 1].action);
    EXPECT_EQ(event.index(), std::get<Event>(expected[i].action).index()) << i;
    EXPECT_EQ(told[i + 1].at.wall, expected[i].at.wall) << i;
  }
}

TEST_F(RecordingFile, is_never_written_over_another_file) {
  const auto scenario = parsed("00:00:01 lock\n");
  ASSERT_TRUE(write_recording(scenario, file("r")));
  EXPECT_FALSE(write_recording(scenario, file("r")));
}

TEST_F(RecordingFile, a_scenario_is_none) {
  EXPECT_FALSE(
      is_recording(std::string(SCENARIO_DIR) + "/lock_under_a_minute_is_bridged.scenario"));
}

}  // namespace
}  // namespace nape::scenario

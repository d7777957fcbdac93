// SPDX-License-Identifier: Apache-2.0
//
// Every file beside this one, played through the engine and compared with what it expects.
#include "scenario/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "config/policy_file.hpp"
#include "scenario/event_line.hpp"
#include "scenario/expectation.hpp"
#include "scenario/player.hpp"
#include "scenario/timeline.hpp"

namespace nape::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fewest_files = 60;
/// The event names of design section 12.
constexpr std::array event_names{"presence.changed", "stretch.began", "stretch.ended",
                                 "break.due",        "break.stage",   "break.held",
                                 "break.began",      "break.ended",   "advice"};

std::vector<fs::path> files_ending_in(const std::string& extension) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(NAPE_SCENARIOS)) {
    if (entry.path().extension() == extension) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<fs::path> scenario_files() { return files_ending_in(".scenario"); }

std::string told(const std::vector<config::Diagnostic>& errors) {
  std::string sentences;
  for (const auto& error : errors)
    sentences += compiler_line(error, config::Severity::error) + "\n";
  return sentences;
}

Result<Policy> policy_beside(const std::string& name) {
  auto loaded = config::load_policy(name, NAPE_SCENARIOS);
  if (!loaded) return Error{told(loaded.errors)};
  return *loaded.value;
}

struct Played {
  std::vector<EventLine> lines;
  std::string transcript;
};

Result<Played> play(const Scenario& scenario) {
  auto zone = calendar::Zone::open(scenario.zone);
  if (!zone) return std::move(zone).error();
  Played played;
  Timeline timeline(scenario);
  const auto start = timeline.start();
  Player player(timeline, policy_beside, [&](const Instant& at, const Effects& effects) {
    for (auto& line : lines_of(start, at, effects)) {
      played.transcript += json_seconds(line.offset) + "  " + line.text(*zone) + "\n";
      played.lines.push_back(std::move(line));
    }
  });
  if (auto done = player.play(scenario.policy); !done) return std::move(done).error();
  return played;
}

class ScenarioFile : public testing::TestWithParam<fs::path> {};

TEST_P(ScenarioFile, happens_as_it_expects) {
  const auto loaded = load(GetParam().string());
  ASSERT_TRUE(loaded) << told(loaded.errors);
  const auto& scenario = *loaded.value;
  // Without an expectation it would pass whatever happens.
  ASSERT_TRUE(scenario.expected && !scenario.expected->empty());
  const auto played = play(scenario);
  ASSERT_TRUE(played) << played.error().what;
  for (const auto& difference : differences(scenario, played->lines)) ADD_FAILURE() << difference;
  if (HasFailure()) std::printf("%s", played->transcript.c_str());
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ScenarioFile, testing::ValuesIn(scenario_files()),
                         [](const auto& file) { return file.param.stem().string(); });

TEST(Scenarios, are_at_least_sixty) { EXPECT_GE(scenario_files().size(), fewest_files); }

TEST(Scenarios, expect_every_event_that_replay_tells) {
  std::set<std::string> expected;
  for (const auto& file : scenario_files()) {
    const auto loaded = load(file.string());
    ASSERT_TRUE(loaded) << told(loaded.errors);
    for (const auto& line : *loaded.value->expected) expected.insert(line.event);
  }
  for (const auto* name : event_names) EXPECT_TRUE(expected.contains(name)) << name;
}

TEST(Scenarios, use_every_policy_that_stands_beside_them) {
  std::set<std::string> used;
  for (const auto& file : scenario_files()) {
    const auto loaded = load(file.string());
    ASSERT_TRUE(loaded) << told(loaded.errors);
    used.insert(loaded.value->policy);
    for (const auto& line : loaded.value->lines) {
      if (const auto* change = std::get_if<UsePolicy>(&line.action)) used.insert(change->name);
    }
  }
  for (const auto& file : files_ending_in(".toml"))
    EXPECT_TRUE(used.contains(file.filename().string())) << file;
}

}  // namespace
}  // namespace nape::scenario

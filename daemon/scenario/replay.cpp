// SPDX-License-Identifier: Apache-2.0
#include "scenario/replay.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

#include "calendar/zone.hpp"
#include "config/policy_file.hpp"
#include "scenario/event_line.hpp"
#include "scenario/expectation.hpp"
#include "scenario/player.hpp"
#include "scenario/recording.hpp"
#include "scenario/scenario.hpp"
#include "scenario/timeline.hpp"

namespace nape::scenario {
namespace {

constexpr int as_expected = 0;
constexpr int not_as_expected = 1;
constexpr int wrong_input = 2;

void complain(const std::string& sentence) { std::fprintf(stderr, "%s\n", sentence.c_str()); }

Player::Policies policies_beside(const std::string& file) {
  const auto directory = std::filesystem::path(file).parent_path();
  return [directory](const std::string& name) -> Result<Policy> {
    auto loaded = config::load_policy(name, directory);
    if (loaded) return *loaded.value;
    std::string sentences;
    for (const auto& error : loaded.errors) {
      sentences.append(sentences.empty() ? "" : "\n")
          .append(compiler_line(error, config::Severity::error));
    }
    return Error{sentences};
  };
}

/// Plays `source` and prints; keeps the lines where somebody will compare them.
Result<void> play(MomentSource& source, const std::string& file, const std::string& policy,
                  bool json, std::vector<EventLine>* keep) {
  auto zone = calendar::Zone::open(source.zone());
  if (!zone) return std::move(zone).error();
  const auto start = source.start();
  Player player(source, policies_beside(file), [&](const Instant& at, const Effects& effects) {
    for (auto& line : lines_of(start, at, effects)) {
      std::puts((json ? line.json(*zone) : line.text(*zone)).c_str());
      if (keep) keep->push_back(std::move(line));
    }
  });
  auto played = player.play(policy);
  if (!played) return std::move(played).error();
  return {};
}

int replay_scenario(const std::string& file, const ReplayOptions& options) {
  const auto loaded = load(file);
  for (const auto& error : loaded.errors) complain(compiler_line(error, config::Severity::error));
  if (!loaded) return wrong_input;
  const auto& scenario = *loaded.value;
  Timeline timeline(scenario);
  std::vector<EventLine> happened;
  const auto& policy = options.policy.empty() ? scenario.policy : options.policy;
  const auto played =
      play(timeline, file, policy, options.json, scenario.expected ? &happened : nullptr);
  if (!played) {
    complain(file + ": " + played.error().what);
    return wrong_input;
  }
  const auto found = differences(scenario, happened);
  for (const auto& difference : found) complain(difference);
  return found.empty() ? as_expected : not_as_expected;
}

int replay_recording(const std::string& file, const ReplayOptions& options) {
  auto recording = open_recording(file);
  if (!recording) {
    complain(recording.error().what);
    return wrong_input;
  }
  const auto& policy = options.policy.empty() ? std::string("default") : options.policy;
  const auto played = play(**recording, file, policy, options.json, nullptr);
  if (played) return as_expected;
  complain(file + ": " + played.error().what);
  return wrong_input;
}

}  // namespace

int replay(const ReplayOptions& options) {
  int worst = as_expected;
  for (const auto& file : options.files) {
    const int code =
        is_recording(file) ? replay_recording(file, options) : replay_scenario(file, options);
    worst = std::max(worst, code);
  }
  return worst;
}

}  // namespace nape::scenario

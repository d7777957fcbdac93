// SPDX-License-Identifier: Apache-2.0
//
// A backend in the middle of an ordinary morning, for the tests of the API and of `nape`: Monday
// 2026-03-02, 11:20:30 UTC, 47 min into a stretch, micro breaks merged, the rest break 3 min away.
#pragma once

#include <chrono>

#include "tests/support/recording_backend.hpp"

namespace nape::tests {

inline constexpr std::chrono::sys_days example_date = std::chrono::year{2026} / 3 / 2;

inline Instant example_instant(Duration into_day) {
  return {BootTime(std::chrono::hours(1000)) + into_day,
          std::chrono::time_point_cast<Duration>(std::chrono::sys_time<Duration>(example_date) +
                                                 into_day)};
}

inline KindStatus example_micro() {
  using namespace std::chrono_literals;
  KindStatus micro;
  micro.name = "micro";
  micro.of = Of::use;
  micro.every = 20min;
  micro.length = 30s;
  micro.owed = 12min;
  micro.verdict = Verdict::accruing;
  micro.owed_rest = 30s;
  return micro;
}

inline KindStatus example_rest() {
  using namespace std::chrono_literals;
  KindStatus rest;
  rest.name = "rest";
  rest.of = Of::sitting;
  rest.every = 50min;
  rest.length = 5min;
  rest.owed = 47min;
  rest.verdict = Verdict::accruing;
  rest.owed_rest = 4min + 42s;
  rest.postpones_left = 2;
  rest.skips_left = 3;
  return rest;
}

inline RunningStretch example_stretch() {
  using namespace std::chrono_literals;
  RunningStretch running;
  running.so_far.begin = example_instant(10h + 33min);
  running.so_far.end = example_instant(11h + 20min);
  running.so_far.band = {41min, 47min, 62min};
  running.so_far.use_30 = 38min;
  running.so_far.use_60 = 40min;
  running.so_far.by_input = 47min;
  running.provisional = 30s;
  return running;
}

inline control::PluginStatus example_x11() {
  using namespace std::chrono_literals;
  control::PluginStatus x11;
  x11.name = "x11";
  x11.state = control::PluginState::running;
  x11.pid = 4242;
  x11.version = "0.1.0";
  x11.capabilities = {"input", "input.counts", "window", "setup"};
  x11.in_state = 3h + 4min;
  x11.frames = 8123;
  x11.sees = {{SensorKind::input, SensorState::good, ""},
              {SensorKind::window, SensorState::good, ""},
              {SensorKind::setup, SensorState::degraded, "The keyboard's kind is not known."}};
  return x11;
}

inline control::PluginStatus example_notify() {
  control::PluginStatus notify;
  notify.name = "notify";
  notify.state = control::PluginState::running;
  notify.pid = 4243;
  notify.version = "0.1.0";
  notify.capabilities = {"nudge"};
  notify.in_state = std::chrono::hours(3);
  notify.frames = 12;
  return notify;
}

/// A RecordingBackend, filled.
inline RecordingBackend example_backend() {
  using namespace std::chrono_literals;
  RecordingBackend backend;
  Snapshot& now = backend.now;
  now.at = example_instant(11h + 20min + 30s);
  now.presence = PresenceState::active;
  now.reason = PresenceReason::input;
  now.confidence = Confidence::high;
  now.presence_since = example_instant(10h + 33min);
  now.stretch = example_stretch();
  now.kinds = {example_micro(), example_rest()};
  now.sensors = {SensorState::good, SensorState::good, SensorState::lost, SensorState::lost,
                 SensorState::degraded};
  now.application = "firefox";
  now.category = "browser";
  now.display = Display::external;
  now.keyboard = Keyboard::external;
  now.day = static_cast<std::int32_t>(example_date.time_since_epoch().count());
  now.policy = "default";
  now.policy_version = "1";
  backend.facts = {"0.1.0",
                   4241,
                   example_instant(8h).wall,
                   false,
                   1,
                   "http://127.0.0.1:16273",
                   "/home/ann/.local/state/nape",
                   "",
                   {}};
  backend.programs = {example_x11(), example_notify()};
  return backend;
}

inline control::StretchRow example_row(Duration begin, Duration end, std::array<Duration, 3> band,
                                       PresenceReason reason) {
  control::StretchRow row;
  row.stretch.begin = example_instant(begin);
  row.stretch.end = example_instant(end);
  row.stretch.band = band;
  row.stretch.reason = reason;
  return row;
}

inline control::DayFacts example_today() {
  using namespace std::chrono_literals;
  control::DayFacts facts;
  facts.day = static_cast<std::int32_t>(example_date.time_since_epoch().count());
  facts.begin = example_instant(4h).wall;
  facts.end = example_instant(28h).wall;
  facts.use_30 = 1h + 42min;
  facts.use_60 = 1h + 49min;
  facts.sitting_input = 2h + 5min;
  facts.sitting_passive = 9min;
  facts.longest = {48min, 52min, 75min};
  facts.counts = InputCounts{4211, 380, 920, 15400, 0};
  facts.stretches = {
      example_row(8h + 5min, 8h + 57min, {48min, 52min, 57min}, PresenceReason::lock),
      example_row(9h + 10min, 9h + 45min, {30min, 35min, 40min}, PresenceReason::quiet),
      {example_stretch().so_far, true}};
  facts.breaks = {{"micro", Outcome::taken, example_instant(8h + 25min).wall, 30s, 20min},
                  {"rest", Outcome::natural, example_instant(8h + 57min).wall, 13min, 50min},
                  {"rest", Outcome::postponed, example_instant(9h + 44min).wall, 0s, 0s}};
  facts.categories = {{"browser", 64min}, {"terminal", 70min}};
  facts.applications = {{"firefox", 64min}, {"xterm", 61min}, {"emacs", 9min}};
  facts.setups[static_cast<std::size_t>(SetupKind::external)] = 2h + 14min;
  return facts;
}

}  // namespace nape::tests

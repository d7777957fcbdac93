// SPDX-License-Identifier: Apache-2.0
//
// One moment of one morning, with every field set that a metric shows: the golden page and the test
// server are made from it.
#pragma once

#include <chrono>

#include "core/snapshot.hpp"
#include "metrics/host_facts.hpp"

namespace nape::metrics::sample {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

inline WallTime wall() { return WallTime(seconds(1772438400)); }

inline Totals totals() {
  Totals totals;
  totals.counts = {.keys = 5213, .clicks = 402, .scroll = 1200, .motion = 1000000, .touch = 0};
  totals.use_under_30 = milliseconds(5400300);
  totals.use_30_to_60 = milliseconds(120100);
  totals.sitting_input = milliseconds(6000001);
  totals.sitting_passive = minutes(20);
  totals.windows = {{"browser", minutes(40)}, {"terminal", milliseconds(4801234)}};
  totals.setups = {Duration{}, minutes(30), Duration{}, minutes(90)};
  totals.breaks = {{"micro", {3, 1, 0, 0, 0, 0}}, {"rest", {1, 1, 1, 2, 1, 1}}};
  totals.stretch_buckets = {2, 0, 0, 1, 1, 0, 0, 1};
  totals.stretch_sum = milliseconds(16500500);
  return totals;
}

inline Snapshot snapshot() {
  Snapshot snapshot;
  snapshot.at = {BootTime(hours(3)), wall()};
  snapshot.presence = PresenceState::active;
  RunningStretch running;
  running.so_far.begin = {BootTime(hours(2)), wall() - hours(1)};
  running.so_far.end = {BootTime(hours(2) + minutes(50)), wall() - minutes(10)};
  running.provisional = milliseconds(7500);
  snapshot.stretch = running;
  KindStatus micro;
  micro.name = "micro";
  micro.of = Of::use;
  micro.every = minutes(20);
  micro.owed = minutes(5);
  KindStatus rest;
  rest.name = "rest";
  rest.every = minutes(50);
  rest.owed = minutes(50);
  rest.due = true;
  rest.overdue = seconds(95);
  snapshot.kinds = {micro, rest};
  snapshot.sensors.fill(SensorState::good);
  snapshot.totals = totals();
  snapshot.policy = "default";
  snapshot.policy_version = "1";
  return snapshot;
}

inline HostFacts facts() {
  HostFacts facts;
  facts.version = "0.1.0";
  facts.started = wall() - hours(3);
  facts.counts_measured = true;
  facts.sensors = {{"x11", SensorKind::input, SensorState::good},
                   {"x11", SensorKind::window, SensorState::good},
                   {"x11", SensorKind::setup, SensorState::degraded}};
  facts.categories = {"browser", "office", "terminal", "other"};
  facts.plugins = {{"notify", {true, 0}}, {"x11", {true, 2}}};
  facts.faults = {{"plugin", 2}};
  facts.store_pending = 3;
  facts.commits = 180;
  facts.commit_time = milliseconds(721);
  facts.closed_day = ClosedDay{wall() - hours(4), hours(5), hours(6), minutes(71), 4, 2, 0.25};
  return facts;
}

}  // namespace nape::metrics::sample

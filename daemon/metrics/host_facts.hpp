// SPDX-License-Identifier: Apache-2.0
//
// What the metrics need to know that the engine does not: the daemon's own life. Filled by the host
// for each scrape. Counters are since the process started.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.hpp"
#include "core/time.hpp"

namespace nape::metrics {

/// One thing that one plugin senses.
struct SensorFact {
  std::string sensor;  ///< the plugin's name: "x11"
  SensorKind kind = SensorKind::input;
  SensorState state = SensorState::lost;
};

struct PluginFact {
  /// It has said hello and answers.
  bool up = false;
  std::uint64_t restarts = 0;
};

/// Sums over one closed local day: the only exposure that the team profile ever tells.
struct ClosedDay {
  /// The border at which the day ended.
  WallTime end{};
  Duration use{};
  Duration sitting{};
  Duration longest_stretch{};
  std::uint64_t breaks_taken = 0;
  std::uint64_t breaks_natural = 0;
  /// Share of sitting at a bare laptop, 0..1; none where the set-up was not seen.
  std::optional<double> bare_laptop_ratio;
};

/// The parts that can fail and be survived; each has a series from the start.
inline constexpr std::array<std::string_view, 6> fault_parts{"plugin",  "store",  "http",
                                                             "control", "config", "calendar"};

struct HostFacts {
  std::string version;
  WallTime started{};
  bool demo = false;
  /// Some running sensor counts input events; where only idle times can be seen, counts are
  /// unknown, which is not 0.
  bool counts_measured = false;
  std::vector<SensorFact> sensors;
  /// Every category that a window can have: each has a series from the start.
  std::vector<std::string> categories;
  std::map<std::string, PluginFact> plugins;
  /// Survivable faults by part; parts beside fault_parts are shown too.
  std::map<std::string, std::uint64_t> faults;
  /// The last commit succeeded.
  bool store_up = true;
  /// Rows that wait for a commit.
  std::uint64_t store_pending = 0;
  std::uint64_t commits = 0;
  std::chrono::nanoseconds commit_time{};
  std::optional<ClosedDay> closed_day;
};

}  // namespace nape::metrics

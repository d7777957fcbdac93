// SPDX-License-Identifier: Apache-2.0
#include "app/api.hpp"

#include "calendar/calendar.hpp"

namespace nape::app {
namespace {

constexpr int most_applications = 100;

control::PluginStatus plugin_of(const host::PluginStatus& from, const Instant& now) {
  control::PluginStatus plugin;
  plugin.name = from.name;
  // The two enumerations are one list on both sides of a layer.
  plugin.state = static_cast<control::PluginState>(from.state);
  plugin.pid = static_cast<std::uint32_t>(from.pid);
  plugin.version = from.version;
  plugin.capabilities = from.capabilities;
  plugin.in_state = std::max(Duration::zero(), now.boot - from.since.boot);
  plugin.restarts = static_cast<std::uint32_t>(from.restarts);
  plugin.frames = from.frames;
  plugin.dropped = from.dropped;
  for (std::size_t i = 0; i < from.faults.size(); ++i) {
    if (from.faults[i] == 0) continue;
    plugin.faults.emplace(host::word_for(static_cast<host::PluginFault>(i)), from.faults[i]);
  }
  for (std::size_t i = 0; i < from.senses.size(); ++i) {
    if (!from.senses[i]) continue;
    plugin.sees.push_back(
        {static_cast<SensorKind>(i), from.senses[i]->state, from.senses[i]->reason});
  }
  plugin.last_words = from.reason;
  return plugin;
}

control::DayFacts facts_of(const store::Day& from) {
  control::DayFacts facts;
  facts.day = from.day;
  facts.use_30 = from.use_30;
  facts.use_60 = from.use_60;
  facts.sitting_input = from.sitting_input;
  facts.sitting_passive = from.sitting_passive;
  facts.longest = from.longest;
  facts.counts = from.counts;
  facts.counts_complete = from.counts_complete;
  facts.categories = from.categories;
  facts.setups = from.setups;
  return facts;
}

}  // namespace

control::DaemonFacts Api::daemon() const {
  auto facts = parts_.facts;
  facts.recording = parts_.recorder.path();
  facts.troubles = parts_.faults.troubles();
  return facts;
}

std::vector<control::PluginStatus> Api::plugins() const {
  std::vector<control::PluginStatus> plugins;
  const auto now = parts_.reading().now;
  for (const auto& status : parts_.supervisor.status()) plugins.push_back(plugin_of(status, now));
  return plugins;
}

Result<control::DayFacts> Api::day(std::int32_t day) {
  bring_to_disk();
  const auto history = parts_.store.history();
  auto sums = history.today(day);
  if (!sums) return std::move(sums).error();
  auto facts = *sums ? facts_of(**sums) : control::DayFacts{};
  facts.day = day;
  const auto now = parts_.now();
  facts.begin = parts_.life.calendar().day_begins(day);
  facts.end = std::min(parts_.life.calendar().day_begins(day + 1), now.wall);
  auto stretches = history.stretches(day);
  if (!stretches) return std::move(stretches).error();
  for (auto& row : *stretches) facts.stretches.push_back({std::move(row.stretch), row.running});
  auto breaks = history.breaks(day);
  if (!breaks) return std::move(breaks).error();
  for (auto& row : *breaks) {
    facts.breaks.push_back({std::move(row.kind), row.outcome, row.begin, row.rested, row.paid});
  }
  auto applications = history.top_applications(day, most_applications);
  if (!applications) return std::move(applications).error();
  for (auto& row : *applications) facts.applications.push_back({std::move(row.name), row.sitting});
  return facts;
}

Result<std::vector<control::WhyRow>> Api::why(const std::string& kind, std::uint32_t last) {
  bring_to_disk();
  auto rows = parts_.store.history().why(kind.empty() ? std::nullopt : std::optional(kind),
                                         static_cast<int>(last));
  if (!rows) return std::move(rows).error();
  std::vector<control::WhyRow> why;
  for (auto& row : *rows) why.push_back({row.at, std::move(row.why)});
  return why;
}

Result<void> Api::record(const std::string& path) {
  return parts_.recorder.start(path, parts_.now(), parts_.life.calendar().zone().name());
}

}  // namespace nape::app

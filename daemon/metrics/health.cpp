// SPDX-License-Identifier: Apache-2.0
#include "metrics/health.hpp"

#include "core/words.hpp"

namespace nape::metrics {
namespace {

double whole(std::uint64_t count) { return static_cast<double>(count); }

double timestamp(WallTime at) { return seconds(at.time_since_epoch()); }

Filling sensor_states(Families& into) {
  return gauge(into, "nape_sensor_state",
               "How well a sensor sees what it is for: 0 lost, 1 degraded, 2 good. A kind that no "
               "sensor covers has the sensor \"none\".");
}

void add_state(Filling& states, std::string sensor, SensorKind kind, SensorState state) {
  states.add(static_cast<double>(state),
             {{"sensor", std::move(sensor)}, {"kind", std::string(word_for(kind))}});
}

/// The first of the best ones, so that the series stays the same while states do; null if the kind
/// has no sensor.
const SensorFact* best_of(const std::vector<SensorFact>& sensors, SensorKind kind) {
  const SensorFact* best = nullptr;
  for (const auto& fact : sensors) {
    if (fact.kind == kind && (!best || fact.state > best->state)) best = &fact;
  }
  return best;
}

void add_every_sensor(Families& into, const HostFacts& facts) {
  auto states = sensor_states(into);
  for (std::size_t i = 0; i < sensor_kind_count; ++i) {
    const auto kind = static_cast<SensorKind>(i);
    for (const auto& fact : facts.sensors) {
      if (fact.kind == kind) add_state(states, fact.sensor, kind, fact.state);
    }
    if (!best_of(facts.sensors, kind)) add_state(states, "none", kind, SensorState::lost);
  }
}

void add_best_sensors(Families& into, const HostFacts& facts) {
  auto states = sensor_states(into);
  for (std::size_t i = 0; i < sensor_kind_count; ++i) {
    const auto kind = static_cast<SensorKind>(i);
    const SensorFact* best = best_of(facts.sensors, kind);
    add_state(states, best ? best->sensor : "none", kind, best ? best->state : SensorState::lost);
  }
}

void add_plugins(Families& into, const std::map<std::string, PluginFact>& plugins) {
  {
    auto restarts = counter(into, "nape_plugin_restarts_total",
                            "How often a plugin was started again after it had failed.");
    for (const auto& [name, fact] : plugins) restarts.add(whole(fact.restarts), {{"plugin", name}});
  }
  auto up = gauge(into, "nape_plugin_up", "1 while the plugin runs and answers, else 0.");
  for (const auto& [name, fact] : plugins) up.add(fact.up ? 1 : 0, {{"plugin", name}});
}

void add_store(Families& into, const HostFacts& facts) {
  gauge(into, "nape_store_up",
        "1 while commits succeed; 0 while what happens is kept in memory only.")
      .add(facts.store_up ? 1 : 0);
  gauge(into, "nape_store_pending_rows", "Rows that wait for a commit.")
      .add(whole(facts.store_pending));
  prometheus::ClientMetric commits;
  commits.summary.sample_count = facts.commits;
  commits.summary.sample_sum = static_cast<double>(facts.commit_time.count()) / 1e9;
  Filling(into, prometheus::MetricType::Summary, "nape_store_commit_duration_seconds",
          "Commits to the database, and the time that they took.")
      .add(std::move(commits));
}

void add_faults(Families& into, const HostFacts& facts) {
  std::map<std::string, std::uint64_t> faults(facts.faults);
  for (const auto part : fault_parts) faults.try_emplace(std::string(part));
  auto family = counter(into, "nape_faults_total", "Faults that were survived, by part.");
  for (const auto& [part, count] : faults) family.add(whole(count), {{"part", part}});
}

}  // namespace

void add_identity(Families& into, const Snapshot& snapshot, const HostFacts& facts) {
  gauge(into, "nape_build_info", "Always 1; the version is in the label.")
      .add(1, {{"version", facts.version}});
  gauge(into, "nape_policy_info", "Always 1; the policy in force is in the labels.")
      .add(1, {{"policy", snapshot.policy}, {"version", snapshot.policy_version}});
  gauge(into, "nape_demo", "1 if everything here comes from a recording, else 0.")
      .add(facts.demo ? 1 : 0);
}

void add_personal_health(Families& into, const HostFacts& facts) {
  gauge(into, "nape_start_timestamp_seconds", "Unix time at which the daemon started.")
      .add(timestamp(facts.started));
  add_every_sensor(into, facts);
  add_plugins(into, facts.plugins);
  add_store(into, facts);
  add_faults(into, facts);
}

void add_team_health(Families& into, const HostFacts& facts) {
  add_best_sensors(into, facts);
  PluginFact all{.up = true, .restarts = 0};
  for (const auto& [name, fact] : facts.plugins) {
    all.up = all.up && fact.up;
    all.restarts += fact.restarts;
  }
  if (!facts.plugins.empty()) add_plugins(into, {{"all", all}});
}

void add_closed_day(Families& into, const ClosedDay& day) {
  gauge(into, "nape_daily_end_timestamp_seconds",
        "Unix time at which the day ended that the other nape_daily metrics are about.")
      .add(timestamp(day.end));
  gauge(into, "nape_daily_use_seconds", "Use in the last closed day, at a gap threshold of 30 s.")
      .add(seconds(day.use));
  gauge(into, "nape_daily_sitting_seconds",
        "Time at the computer without leaving in the last closed day, at a gap threshold of 300 s.")
      .add(seconds(day.sitting));
  gauge(into, "nape_daily_longest_stretch_seconds",
        "The longest sitting stretch of the last closed day.")
      .add(seconds(day.longest_stretch));
  gauge(
      into, "nape_daily_breaks",
      "Breaks of the last closed day that were taken when told, and rests that needed no telling.")
      .add(whole(day.breaks_taken), {{"outcome", "taken"}})
      .add(whole(day.breaks_natural), {{"outcome", "natural"}});
  if (day.bare_laptop_ratio) {
    gauge(into, "nape_daily_bare_laptop_ratio",
          "Share of the last closed day's sitting at a bare laptop.")
        .add(*day.bare_laptop_ratio);
  }
}

}  // namespace nape::metrics

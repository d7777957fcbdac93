// SPDX-License-Identifier: Apache-2.0
#include "metrics/exposure.hpp"

#include <limits>

#include "core/words.hpp"

namespace nape::metrics {
namespace {

using prometheus::ClientMetric;

/// Something senses this kind, or did since the process started: only then is 0 a finding.
bool seen(const Snapshot& snapshot, SensorKind kind, bool counted) {
  return counted || snapshot.sensors[static_cast<std::size_t>(kind)] != SensorState::lost;
}

void add_input(Families& into, const InputCounts& counts) {
  const auto events = [](std::uint64_t count) { return static_cast<double>(count); };
  counter(into, "nape_input_events_total",
          "Input events by device: key presses without releases and auto-repeat, button presses "
          "without wheel buttons, motion events, scroll steps, touch contacts. Absent where no "
          "sensor counts events.")
      .add(events(counts.keys), {{"device", "keyboard"}})
      .add(events(counts.clicks), {{"device", "pointer_button"}})
      .add(events(counts.motion), {{"device", "pointer_motion"}})
      .add(events(counts.scroll), {{"device", "scroll"}})
      .add(events(counts.touch), {{"device", "touch"}});
}

void add_use_and_sitting(Families& into, const Totals& totals) {
  counter(into, "nape_use_seconds_total",
          "Confirmed time of use by the length of the pause in input that it bridges: gaps of up "
          "to 30 s, and of 30 to 60 s. Use at a gap threshold of 60 s is the sum.")
      .add(seconds(totals.use_under_30), {{"pause", "under_30"}})
      .add(seconds(totals.use_30_to_60), {{"pause", "30_to_60"}});
  counter(into, "nape_sitting_seconds_total",
          "Confirmed time at the computer without leaving (gaps of up to 300 s), by what proves "
          "it: input, or passive evidence such as a call.")
      .add(seconds(totals.sitting_input), {{"evidence", "input"}})
      .add(seconds(totals.sitting_passive), {{"evidence", "passive"}});
  auto setups = counter(into, "nape_setup_sitting_seconds_total",
                        "Confirmed sitting time by set-up: bare laptop, laptop with an external "
                        "keyboard, external display, or not known.");
  for (std::size_t i = 0; i < totals.setups.size(); ++i) {
    setups.add(seconds(totals.setups[i]),
               {{"setup", std::string(word_for(static_cast<SetupKind>(i)))}});
  }
}

void add_stretches(Families& into, const Totals& totals) {
  ClientMetric metric;
  auto& histogram = metric.histogram;
  // Each stretch is in one bucket of the totals; here a bucket holds all that are no longer.
  for (std::size_t i = 0; i < totals.stretch_buckets.size(); ++i) {
    histogram.sample_count += totals.stretch_buckets[i];
    const double bound = i < stretch_bucket_minutes.size()
                             ? 60.0 * stretch_bucket_minutes[i]
                             : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back({histogram.sample_count, bound});
  }
  histogram.sample_sum = seconds(totals.stretch_sum);
  Filling(into, prometheus::MetricType::Histogram, "nape_stretch_duration_seconds",
          "Finished sitting stretches by length, at the gap threshold of 300 s.")
      .add(std::move(metric));
}

void add_moment(Families& into, const Snapshot& snapshot) {
  {
    auto presence =
        gauge(into, "nape_presence", "1 for the state that holds now, 0 for the others.");
    for (const auto state : {PresenceState::active, PresenceState::present, PresenceState::away,
                             PresenceState::unknown}) {
      presence.add(snapshot.presence == state ? 1 : 0, {{"state", std::string(word_for(state))}});
    }
  }
  if (snapshot.presence == PresenceState::unknown) return;
  Duration running{};
  if (const auto& stretch = snapshot.stretch)
    running = stretch->so_far.length() + stretch->provisional;
  gauge(into, "nape_current_stretch_seconds",
        "Length of the sitting stretch that runs now, with the seconds that the next input has yet "
        "to confirm; 0 while away, absent while unknown.")
      .add(seconds(running));
}

void add_windows(Families& into, const Totals& totals, const std::vector<std::string>& categories) {
  auto times = totals.windows;
  for (const auto& category : categories) times.try_emplace(category);
  auto windows = counter(into, "nape_window_seconds_total",
                         "Sitting time by the category of the application in front.");
  for (const auto& [category, time] : times) windows.add(seconds(time), {{"category", category}});
}

void add_breaks(Families& into, const Snapshot& snapshot, const Totals& totals) {
  {
    auto ended = counter(into, "nape_breaks_total",
                         "Ended breaks by kind and outcome: taken, natural (rest without a "
                         "prompt), partial, postponed, skipped, exit.");
    auto breaks = totals.breaks;
    for (const auto& kind : snapshot.kinds) breaks.try_emplace(kind.name);
    for (const auto& [kind, outcomes] : breaks) {
      for (std::size_t i = 0; i < outcomes.size(); ++i) {
        ended.add(static_cast<double>(outcomes[i]),
                  {{"kind", kind}, {"outcome", std::string(word_for(static_cast<Outcome>(i)))}});
      }
    }
  }
  {
    auto due = gauge(into, "nape_break_due_seconds",
                     "How long the kind has been overdue, held and postponed time left out; 0 "
                     "while it is not due.");
    for (const auto& kind : snapshot.kinds)
      due.add(kind.due ? seconds(kind.overdue) : 0, {{"kind", kind.name}});
  }
  auto owed = gauge(into, "nape_break_owed_ratio",
                    "Use or sitting that no rest has paid yet, as a share of what makes the kind "
                    "due: 1 is due.");
  for (const auto& kind : snapshot.kinds) {
    if (kind.every > Duration::zero())
      owed.add(seconds(kind.owed) / seconds(kind.every), {{"kind", kind.name}});
  }
}

}  // namespace

void add_exposure(Families& into, const Snapshot& snapshot, const Totals& totals,
                  const HostFacts& facts) {
  const bool counted = totals.use_under_30 + totals.sitting_input > Duration::zero();
  if (facts.counts_measured) add_input(into, totals.counts);
  if (seen(snapshot, SensorKind::input, counted)) {
    add_use_and_sitting(into, totals);
    add_stretches(into, totals);
  }
  add_moment(into, snapshot);
  if (seen(snapshot, SensorKind::window, !totals.windows.empty()))
    add_windows(into, totals, facts.categories);
  add_breaks(into, snapshot, totals);
}

}  // namespace nape::metrics

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <limits>

#include "control/messages.hpp"
#include "core/text.hpp"
#include "core/words.hpp"

namespace nape::control {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 6> plugin_state_words{"starting", "running", "backing_off",
                                                             "given_up", "unfit",   "stopped"};

std::uint32_t clipped(std::uint64_t count) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

void fill_counts(const InputCounts& from, bool complete, v1::Counts& to) {
  to.set_complete(complete);
  to.set_keys(clipped(from.keys));
  to.set_clicks(clipped(from.clicks));
  to.set_scroll(clipped(from.scroll));
  to.set_motion(clipped(from.motion));
  to.set_touch(clipped(from.touch));
}

void fill_row(const StretchRow& from, v1::DayStretch& to) {
  to.set_begin_unix_seconds(unix_seconds_of(from.stretch.begin.wall));
  to.set_seconds(seconds_of(from.stretch.length()));
  to.set_band_180_seconds(seconds_of(from.stretch.band[0]));
  to.set_band_600_seconds(seconds_of(from.stretch.band[2]));
  if (from.running) return;
  to.set_end_unix_seconds(unix_seconds_of(from.stretch.end.wall));
  to.set_reason(std::string(nape::word_for(from.stretch.reason)));
}

void fill_break(const BreakRow& from, v1::DayBreak& to) {
  to.set_kind(clean_utf8(from.kind));
  to.set_outcome(std::string(nape::word_for(from.outcome)));
  to.set_begin_unix_seconds(unix_seconds_of(from.begin));
  to.set_rested_seconds(seconds_of(from.rested));
  to.set_paid_seconds(seconds_of(from.paid));
}

using Shares = google::protobuf::RepeatedPtrField<v1::Share>;

void add_share(const std::string& name, Duration time, Shares& to) {
  v1::Share& share = *to.Add();
  share.set_name(clean_utf8(name));
  share.set_seconds(seconds_of(time));
}

void fill_shares(const std::map<std::string, Duration>& from, Shares& to) {
  std::vector<std::pair<std::string, Duration>> sorted(from.begin(), from.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [name, time] : sorted) add_share(name, time, to);
}

std::map<std::string, Duration> named(const std::array<Duration, 4>& setups) {
  std::map<std::string, Duration> by_name;
  for (std::size_t at = 0; at < setups.size(); ++at) {
    if (setups[at] > Duration::zero())
      by_name[std::string(nape::word_for(static_cast<SetupKind>(at)))] = setups[at];
  }
  return by_name;
}

}  // namespace

std::string_view word_for(PluginState state) {
  return plugin_state_words.at(static_cast<std::size_t>(state));
}

v1::TodayResponse today_message(const DayFacts& facts, bool open, bool demo) {
  v1::TodayResponse message;
  message.set_day(date_of(facts.day));
  message.set_begin_unix_seconds(unix_seconds_of(facts.begin));
  message.set_end_unix_seconds(unix_seconds_of(facts.end));
  message.set_open(open);
  message.set_demo(demo);
  message.set_use_30_seconds(seconds_of(facts.use_30));
  message.set_use_60_seconds(seconds_of(facts.use_60));
  message.set_sitting_seconds(seconds_of(facts.sitting_input + facts.sitting_passive));
  message.set_passive_seconds(seconds_of(facts.sitting_passive));
  message.set_longest_180_seconds(seconds_of(facts.longest[0]));
  message.set_longest_300_seconds(seconds_of(facts.longest[1]));
  message.set_longest_600_seconds(seconds_of(facts.longest[2]));
  if (facts.counts) fill_counts(*facts.counts, facts.counts_complete, *message.mutable_counts());
  for (const StretchRow& row : facts.stretches) fill_row(row, *message.add_stretches());
  for (const BreakRow& row : facts.breaks) fill_break(row, *message.add_breaks());
  fill_shares(facts.categories, *message.mutable_categories());
  for (const ApplicationTime& one : facts.applications)
    add_share(one.name, one.sitting, *message.mutable_applications());
  fill_shares(named(facts.setups), *message.mutable_setups());
  return message;
}

v1::WhyResponse why_message(const std::vector<WhyRow>& rows) {
  v1::WhyResponse message;
  for (const WhyRow& row : rows) {
    v1::WhyRow& to = *message.add_rows();
    to.set_at_unix_seconds(unix_seconds_of(row.at));
    to.set_kind(clean_utf8(row.why.kind));
    to.set_verdict(std::string(nape::word_for(row.why.verdict)));
    to.set_because(clean_utf8(row.why.because));
    to.set_owed_seconds(seconds_of(row.why.owed));
    to.set_every_seconds(seconds_of(row.why.every));
    to.set_overdue_seconds(seconds_of(row.why.overdue));
    to.set_since_proof_seconds(seconds_of(row.why.since_proof));
    to.set_presence(std::string(nape::word_for(row.why.presence)));
  }
  return message;
}

v1::PluginsResponse plugins_message(const std::vector<PluginStatus>& plugins) {
  v1::PluginsResponse message;
  for (const PluginStatus& plugin : plugins) {
    v1::Plugin& to = *message.add_plugins();
    to.set_name(clean_utf8(plugin.name));
    to.set_state(std::string(word_for(plugin.state)));
    to.set_pid(plugin.pid);
    to.set_version(clean_utf8(plugin.version));
    for (const std::string& capability : plugin.capabilities)
      to.add_capabilities(clean_utf8(capability));
    to.set_for_seconds(seconds_of(plugin.in_state));
    to.set_restarts(plugin.restarts);
    to.set_frames(static_cast<double>(plugin.frames));
    to.set_dropped(static_cast<double>(plugin.dropped));
    for (const auto& [name, count] : plugin.faults) {
      v1::Fault& fault = *to.add_faults();
      fault.set_name(clean_utf8(name));
      fault.set_count(static_cast<double>(count));
    }
    for (const Sight& sight : plugin.sees) {
      v1::Sensor& seen = *to.add_sees();
      seen.set_kind(std::string(nape::word_for(sight.kind)));
      seen.set_state(std::string(nape::word_for(sight.state)));
      seen.set_plugin(clean_utf8(plugin.name));
      seen.set_reason(clean_utf8(sight.reason));
    }
    to.set_last_words(clean_utf8(plugin.last_words));
  }
  return message;
}

}  // namespace nape::control

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "control/messages.hpp"
#include "core/text.hpp"
#include "core/words.hpp"
#include "voice/tr.hpp"

namespace nape::control {
namespace {

template <class Word>
std::string word(Word value) {
  return std::string(nape::word_for(value));
}

void fill_presence(const Snapshot& from, v1::Presence& to) {
  to.set_state(word(from.presence));
  to.set_reason(word(from.reason));
  to.set_confidence(word(from.confidence));
  to.set_since_unix_seconds(unix_seconds_of(from.presence_since.wall));
  to.set_for_seconds(seconds_of(from.at.boot - from.presence_since.boot));
}

void fill_stretch(const RunningStretch& from, v1::Stretch& to) {
  const Stretch& so_far = from.so_far;
  to.set_begin_unix_seconds(unix_seconds_of(so_far.begin.wall));
  to.set_seconds(seconds_of(so_far.length()));
  to.set_provisional_seconds(seconds_of(from.provisional));
  to.set_band_180_seconds(seconds_of(so_far.band[0]));
  to.set_band_300_seconds(seconds_of(so_far.band[1]));
  to.set_band_600_seconds(seconds_of(so_far.band[2]));
  to.set_use_30_seconds(seconds_of(so_far.use_30));
  to.set_use_60_seconds(seconds_of(so_far.use_60));
  to.set_passive_seconds(seconds_of(so_far.by_passive));
}

void fill_next(const Snapshot& snapshot, const KindStatus& from, v1::Kind& to) {
  if (from.due) return;
  const Duration left = std::max(from.every - from.owed, Duration::zero());
  to.set_until_due_seconds(seconds_of(left));
  const bool there =
      snapshot.presence == PresenceState::active || snapshot.presence == PresenceState::present;
  if (there && from.verdict == Verdict::accruing) {
    to.set_next_unix_seconds(unix_seconds_of(snapshot.at.wall + left));
  }
}

void fill_kind(const Snapshot& snapshot, const KindStatus& from, v1::Kind& to) {
  to.set_name(clean_utf8(from.name));
  to.set_of(word(from.of));
  to.set_every_seconds(seconds_of(from.every));
  to.set_length_seconds(seconds_of(from.length));
  to.set_daily_budget(from.daily_budget);
  to.set_owed_seconds(seconds_of(from.owed));
  to.set_overdue_seconds(seconds_of(from.overdue));
  to.set_due(from.due);
  to.set_verdict(word(from.verdict));
  to.set_because(clean_utf8(from.because));
  if (from.stage) to.set_stage(word(*from.stage));
  if (from.silent_until) to.set_silent_until_unix_seconds(unix_seconds_of(from.silent_until->wall));
  if (from.begun) to.set_begun_unix_seconds(unix_seconds_of(from.begun->wall));
  to.set_rested_seconds(seconds_of(from.rested));
  to.set_owed_rest_seconds(seconds_of(from.owed_rest));
  to.set_postpones_left(from.postpones_left);
  to.set_skips_left(from.skips_left);
  fill_next(snapshot, from, to);
}

/// Beside the engine's judgement, who sees it best and what that one says.
void fill_sensor(SensorKind kind, SensorState state, const std::vector<PluginStatus>& plugins,
                 v1::Sensor& to) {
  to.set_kind(word(kind));
  to.set_state(word(state));
  const Sight* best = nullptr;
  for (const PluginStatus& plugin : plugins) {
    for (const Sight& sight : plugin.sees) {
      if (sight.kind != kind || (best != nullptr && sight.state <= best->state)) continue;
      best = &sight;
      to.set_plugin(clean_utf8(plugin.name));
    }
  }
  if (best == nullptr) {
    to.set_reason(tr("No plugin that runs here sees this."));
  } else if (state != SensorState::good) {
    to.set_reason(clean_utf8(best->reason));
  }
}

void fill_surroundings(const Snapshot& from, v1::StatusResponse& to) {
  for (std::size_t at = 0; at < signal_kind_count; ++at) {
    if (from.signals[at]) to.add_signals(word(static_cast<SignalKind>(at)));
  }
  to.set_locked(from.locked);
  to.set_lid_closed(from.lid_closed);
  to.set_remote(from.remote);
  to.set_standing(from.standing);
  to.set_reading(from.reading);
  to.set_paused(from.paused);
  if (from.paused && from.paused_until)
    to.set_paused_until_unix_seconds(unix_seconds_of(from.paused_until->wall));
  to.set_quiet(from.quiet);
  to.set_application(clean_utf8(from.application));
  to.set_category(clean_utf8(from.category));
  to.set_fullscreen(from.fullscreen);
  to.set_display(word(from.display));
  to.set_keyboard(word(from.keyboard));
  to.set_policy(clean_utf8(from.policy));
  to.set_policy_version(clean_utf8(from.policy_version));
  to.set_day(date_of(from.day));
}

}  // namespace

v1::VersionResponse version_message(const DaemonFacts& daemon) {
  v1::VersionResponse message;
  message.set_version(daemon.version);
  message.set_pid(daemon.pid);
  message.set_started_unix_seconds(unix_seconds_of(daemon.started));
  message.set_demo(daemon.demo);
  message.set_page_url(daemon.page_url);
  message.set_state_dir(clean_utf8(daemon.state_dir));
  return message;
}

v1::StatusResponse status_message(const Backend& backend, std::uint32_t revision) {
  const Snapshot snapshot = backend.snapshot();
  const DaemonFacts daemon = backend.daemon();
  v1::StatusResponse message;
  message.set_revision(revision);
  message.set_at_unix_seconds(unix_seconds_of(snapshot.at.wall));
  fill_presence(snapshot, *message.mutable_presence());
  if (snapshot.stretch) fill_stretch(*snapshot.stretch, *message.mutable_stretch());
  for (const KindStatus& kind : snapshot.kinds) fill_kind(snapshot, kind, *message.add_kinds());
  const std::vector<PluginStatus> plugins = backend.plugins();
  for (std::size_t at = 0; at < sensor_kind_count; ++at) {
    fill_sensor(static_cast<SensorKind>(at), snapshot.sensors[at], plugins, *message.add_sensors());
  }
  fill_surroundings(snapshot, message);
  message.set_demo(daemon.demo);
  message.set_speed(daemon.speed);
  message.set_recording(clean_utf8(daemon.recording));
  for (const std::string& trouble : daemon.troubles) message.add_troubles(clean_utf8(trouble));
  return message;
}

}  // namespace nape::control

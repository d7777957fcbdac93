// SPDX-License-Identifier: Apache-2.0
#include "app/playback.hpp"

#include "config/policy_file.hpp"
#include "host/plugin_lookup.hpp"
#include "scenario/scenario.hpp"
#include "voice/tr.hpp"

namespace nape::app {
namespace {

Result<Policy> policy_named(const std::string& name, const std::filesystem::path& directory) {
  auto loaded = config::load_policy(name, directory);
  if (loaded) return std::move(*loaded.value);
  std::string sentences;
  for (const auto& error : loaded.errors) {
    sentences +=
        (sentences.empty() ? "" : "\n") + config::compiler_line(error, config::Severity::error);
  }
  return Error{sentences};
}

host::Reading reading_at(const Instant& at) { return {at, at.boot.time_since_epoch()}; }

}  // namespace

Playback::Playback(Demo demo)
    : demo_(std::move(demo)), now_(demo_.start), silent_until_(BootTime::min()) {}

Playback::~Playback() {
  std::error_code ignored;
  if (demo_.made) std::filesystem::remove(demo_.recording, ignored);
}

std::optional<Result<Policy>> Playback::policy(const std::string& file) const {
  if (demo_.policy.empty()) return std::nullopt;
  return policy_named(demo_.policy, std::filesystem::path(file).parent_path());
}

bool Playback::goes_on_from(const std::optional<store::Saved>& saved) const {
  return saved && saved->clocks.boot_id == demo_.boot_id && saved->clocks.boot < demo_.end.boot;
}

host::Reading Playback::beginning(const std::optional<store::Saved>& saved) {
  if (goes_on_from(saved)) {
    now_ = {saved->clocks.boot, saved->clocks.wall};
    silent_until_ = now_.boot;
    back_at_ = now_;
    owes_world_ = true;
  }
  return reading_at(now_);
}

bool Playback::lives_through(const Instant& at, const Event& event) {
  if (at.boot <= silent_until_) {
    world_.remember(event);
    return false;
  }
  now_ = at;
  return true;
}

void Playback::tell_owed(Life& life) {
  if (!owes_world_) return;
  owes_world_ = false;
  const auto& at = back_at_;
  for (const auto& event : world_.statements()) life.feed(reading_at(at), at, event);
}

Result<void> Playback::mark(Life& life, const Instant& at, const std::string& line,
                            Policy& policy) {
  auto action = scenario::parse_action(line);
  // The heading that names start and zone was read before; it is no action.
  if (!action) return line.starts_with("start ") ? Result<void>() : std::move(action).error();
  const auto* word = std::get_if<Event>(&*action);
  if (word && std::holds_alternative<Tick>(*word)) {
    life.advance(reading_at(at), at);
  } else if (word && std::holds_alternative<SensorHealth>(*word)) {
    world_.remember(*word);
    life.feed(reading_at(at), at, *word);
  } else if (word) {
    [[maybe_unused]] const auto refused = life.say(reading_at(at), at, *word);
  } else if (const auto* use = std::get_if<scenario::UsePolicy>(&*action)) {
    auto named = policy_named(use->name, demo_.recording.parent_path());
    if (!named) return std::move(named).error();
    policy = *named;
    return life.adopt(reading_at(at), at, policy);
  } else if (const auto* restart = std::get_if<scenario::Restart>(&*action)) {
    return relive(life, at, {restart->down, restart->reboot, true});
  } else if (std::holds_alternative<scenario::Kill>(*action)) {
    return relive(life, at, {Duration::zero(), false, false});
  }
  return {};
}

Result<void> Playback::relive(Life& life, const Instant& at, const Life::Rebirth& rebirth) {
  auto relived = life.relive(reading_at(at), at, rebirth);
  if (!relived) return relived;
  now_ = back_at_ = at.after(rebirth.down);
  silent_until_ = rebirth.down > Duration::zero() ? now_.boot - Duration(1) : silent_until_;
  if (rebirth.powered_off) world_.power_off();
  owes_world_ = true;
  return {};
}

host::PluginSpec Playback::plugin(const config::Paths& paths, double speed) const {
  std::vector<std::string> directories;
  for (const auto& directory : paths.plugin_dirs) directories.push_back(directory.string());
  host::PluginSpec spec;
  spec.name = "replay";
  spec.kind = host::PluginSpec::Kind::recording;
  spec.path = host::find_plugin(directories, spec.name).value_or("nape-plugin-replay");
  spec.arguments = {demo_.recording.string(), "--speed", std::to_string(speed), "--from",
                    std::to_string(now_.boot.time_since_epoch().count())};
  return spec;
}

}  // namespace nape::app

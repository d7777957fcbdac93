// SPDX-License-Identifier: Apache-2.0
//
// A demo in the live daemon: the recording's clock, its place in the store, and its marks. Frames
// drive the clock; between two of them time stands still.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/demo.hpp"
#include "app/life.hpp"
#include "config/paths.hpp"
#include "host/plugin_status.hpp"
#include "scenario/world.hpp"
#include "store/store.hpp"

namespace nape::app {

class Playback {
 public:
  explicit Playback(Demo demo);
  /// Removes the recording that was made from a scenario.
  ~Playback();
  Playback(const Playback&) = delete;
  Playback& operator=(const Playback&) = delete;

  const std::string& boot_id() const { return demo_.boot_id; }
  const std::string& zone() const { return demo_.zone; }
  Instant now() const { return now_; }
  std::filesystem::path database(const std::filesystem::path& state_dir) const {
    return state_dir / "nape-demo.db";
  }

  /// The policy that the demo asks for; none: it does not say.
  std::optional<Result<Policy>> policy(const std::string& file) const;

  /// The store holds an unfinished life of the same recording.
  bool goes_on_from(const std::optional<store::Saved>& saved) const;
  /// Where this life begins: where the unfinished one stood, or at the recording's beginning.
  host::Reading beginning(const std::optional<store::Saved>& saved);

  /// Moves the clock. False for what was lived before a restart, or while the daemon of the
  /// recording was down.
  bool lives_through(const Instant& at, const Event& event);
  /// After a restart sensors tell their state again, as it was when the daemon came back: to be
  /// called before anything that is lived through.
  void tell_owed(Life& life);
  void remember(const Event& event) { world_.remember(event); }

  /// A line of the recording that is no observation.
  Result<void> mark(Life& life, const Instant& at, const std::string& line, Policy& policy);

  host::PluginSpec plugin(const config::Paths& paths, double speed) const;

 private:
  Result<void> relive(Life& life, const Instant& at, const Life::Rebirth& rebirth);

  Demo demo_;
  Instant now_;
  /// What lies up to here is not lived (again); what sensors tell then is remembered, and told once
  /// it is past.
  BootTime silent_until_;
  bool owes_world_ = false;
  Instant back_at_;
  scenario::World world_;
};

}  // namespace nape::app

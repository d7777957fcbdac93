// SPDX-License-Identifier: Apache-2.0
//
// What the control API needs of the daemon behind it. The host implements it; the service
// (service.hpp) owns nothing of it and calls it only within a turn of the loop. Plain structs:
// neither protobuf nor the store's rows cross this line. Everything answers at once except copy(),
// which may take its time.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/result.hpp"
#include "core/snapshot.hpp"
#include "core/time.hpp"

namespace nape::control {

struct DaemonFacts {
  std::string version;
  std::uint32_t pid = 0;
  WallTime started{};
  bool demo = false;
  /// How much faster than life the recording plays.
  double speed = 1;
  /// "http://127.0.0.1:16273"; empty without a page.
  std::string page_url;
  std::string state_dir;
  /// The file that is being written; empty where none is.
  std::string recording;
  /// What is wrong with the daemon itself, as sentences.
  std::vector<std::string> troubles;
};

/// One thing that one plugin sees, and how well.
struct Sight {
  SensorKind kind = SensorKind::input;
  SensorState state = SensorState::lost;
  /// The plugin's sentence where it does not see well.
  std::string reason;
};

enum class PluginState { starting, running, backing_off, given_up, unfit, stopped };

struct PluginStatus {
  std::string name;
  PluginState state = PluginState::stopped;
  std::uint32_t pid = 0;
  std::string version;
  std::vector<std::string> capabilities;
  /// How long it has been in this state.
  Duration in_state{};
  std::uint32_t restarts = 0;
  std::uint64_t frames = 0;
  std::uint64_t dropped = 0;
  /// What it did wrong, by word; without zeros.
  std::map<std::string, std::uint64_t> faults;
  std::vector<Sight> sees;
  std::string last_words;
};

struct StretchRow {
  Stretch stretch;
  bool running = false;
};

struct BreakRow {
  std::string kind;
  Outcome outcome = Outcome::taken;
  WallTime begin{};
  Duration rested{};
  Duration paid{};
};

struct ApplicationTime {
  std::string name;
  Duration sitting{};
};

/// One local day; of the one that is running, up to now.
struct DayFacts {
  std::int32_t day = 0;
  WallTime begin{};
  WallTime end{};
  Duration use_30{};
  Duration use_60{};
  Duration sitting_input{};
  Duration sitting_passive{};
  /// The longest stretch at 180, 300 and 600 s.
  std::array<Duration, 3> longest{};
  /// None: no input was counted, which is not 0. Not complete: for some of the day it was not.
  std::optional<InputCounts> counts;
  bool counts_complete = true;
  /// In the order in which they began.
  std::vector<StretchRow> stretches;
  std::vector<BreakRow> breaks;
  /// Sitting time; applications most first.
  std::map<std::string, Duration> categories;
  std::vector<ApplicationTime> applications;
  std::array<Duration, 4> setups{};  ///< indexed by SetupKind
};

struct WhyRow {
  WallTime at{};
  Why why;
};

/// What became of a recording that has been stopped.
struct Recorded {
  std::string path;
  std::uint64_t frames = 0;
};

class Backend {
 public:
  virtual ~Backend() = default;

  /// As of this turn of the loop.
  virtual Snapshot snapshot() const = 0;
  virtual DaemonFacts daemon() const = 0;
  virtual std::vector<PluginStatus> plugins() const = 0;
  /// A day up to the snapshot's; one without any rows is a day of zeros, not a failure.
  virtual Result<DayFacts> day(std::int32_t day) = 0;
  /// The newest `last` rows, newest first; of all kinds where `kind` is empty.
  virtual Result<std::vector<WhyRow>> why(const std::string& kind, std::uint32_t last) = 0;

  /// Steps the engine with one of the words (core/event.hpp) and carries out what follows, durably,
  /// before it returns.
  virtual std::optional<Refused> say(const Event& word) = 0;
  /// Refuses a path that exists, cannot be written, or a second recording.
  virtual Result<void> record(const std::string& path) = 0;
  /// Refuses where nothing is being recorded.
  virtual Result<Recorded> stop_recording() = 0;
  /// Makes a copy of the database in the state directory and tells its path, now or in a later
  /// turn.
  virtual void copy(std::function<void(Result<std::string>)> done) = 0;
  /// Reads the settings again; the error lists every fault of them.
  virtual Result<void> reload() = 0;
};

}  // namespace nape::control

// SPDX-License-Identifier: Apache-2.0
//
// What is known of one plugin, as a plain value for status, metrics and `nape plugins`; and how it
// is to be run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.hpp"
#include "core/time.hpp"

namespace nape::host {

enum class PluginState {
  starting,  ///< spawned, has not said hello
  running,
  backing_off,  ///< failed; will be started again
  given_up,     ///< failed too often or refused; waits for a reload or another session
  unfit,        ///< said that it cannot run in this session; waits for another one
  stopped,
};

/// What a plugin can do wrong. The first group costs it its life, the second only the frame.
enum class PluginFault {
  no_hello,   ///< did not introduce itself in time
  protocol,   ///< speaks another major version
  garbage,    ///< bytes that are no frames
  oversize,   ///< a frame above 64 KiB
  hang,       ///< no pong
  crash,      ///< ended by itself
  flood,      ///< more frames than may be; it costs its life if it goes on
  future,     ///< a time that has not come; clipped
  past,       ///< a time before its last frame; clipped
  count,      ///< more input than fingers can make
  text,       ///< not UTF-8, or too long
  misplaced,  ///< a frame that this plugin may not send now
};
inline constexpr std::size_t plugin_fault_count = 12;
using FaultCounts = std::array<std::uint64_t, plugin_fault_count>;

std::string_view word_for(PluginState state);
std::string_view word_for(PluginFault fault);

/// The numbers of supervision. Tests shorten the waits; the rest is judgement, ten times what an
/// honest plugin needs.
struct PluginLimits {
  Duration hello_within = std::chrono::seconds(5);
  /// Only a plugin that has been silent for this long is asked whether it lives.
  Duration ping_after = std::chrono::minutes(5);
  Duration pong_within = std::chrono::seconds(10);
  /// From the end of its output to its own end.
  Duration end_within = std::chrono::seconds(2);
  /// From end of file on its input to TERM, and from TERM to KILL.
  Duration finish_within = std::chrono::seconds(2);
  Duration terminate_within = std::chrono::seconds(1);
  Duration first_back_off = std::chrono::seconds(1);
  Duration longest_back_off = std::chrono::minutes(5);
  /// A run of this length forgives the failures before it.
  Duration good_run = std::chrono::minutes(10);
  /// Shorter runs in a row, as many as may be.
  Duration quick_run = std::chrono::minutes(1);
  int quick_failures = 8;

  double frames_a_second = 200;
  /// Seconds in a row with too many frames before it is killed.
  int flood_seconds = 10;
  double stderr_bytes_a_second = 64 * 1024;
  double keys_a_second = 2000;
  double clicks_a_second = 500;
  double scroll_a_second = 5000;
  double motion_a_second = 20000;
  double touch_a_second = 500;
};

/// One plugin to run.
struct PluginSpec {
  /// `live` is believed within limits; `recording` carries its own clock, at any speed, and may
  /// speak for the person.
  enum class Kind { live, recording };

  std::string name;
  std::string path;
  std::vector<std::string> arguments;
  /// "NAME=value", beside what passes from the daemon's own environment.
  std::vector<std::string> environment;
  Kind kind = Kind::live;
  PluginLimits limits{};

  /// Is it the same program, run the same way?
  bool same_command(const PluginSpec& other) const {
    return path == other.path && arguments == other.arguments && environment == other.environment &&
           kind == other.kind;
  }
};

/// How well it sees one kind of thing, in its own words.
struct Sense {
  SensorState state = SensorState::lost;
  std::string reason;
  friend bool operator==(const Sense&, const Sense&) = default;
};

struct PluginStatus {
  std::string name;
  std::string path;
  std::string version;
  int pid = 0;  ///< 0: not running
  PluginState state = PluginState::stopped;
  /// When it came into this state.
  Instant since;
  /// A sentence on why it is not running, or on how its last run ended.
  std::string reason;
  std::vector<std::string> capabilities;
  /// Starts after the first.
  std::uint64_t restarts = 0;
  std::uint64_t frames = 0;
  std::uint64_t dropped = 0;
  FaultCounts faults{};
  /// By SensorKind; none: not its business.
  std::array<std::optional<Sense>, sensor_kind_count> senses{};
};

}  // namespace nape::host

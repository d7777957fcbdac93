// SPDX-License-Identifier: Apache-2.0
//
// A plugin's way out: frames to standard output (or lines of JSON, for people), and the word with
// which it ends. Owned by run(); a plugin keeps a reference from start() on. Frames of one turn of
// the loop leave in one write, so that the daemon wakes once. A reader that has gone away ends the
// plugin quietly: nobody is left to tell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nape/v1/observation.pb.h"

namespace nape::sdk {

/// The exit codes of convention 9.
enum class Exit : int { asked = 0, fault = 1, usage = 64, cannot_run = 69 };

class Link {
 public:
  enum class Form { frames, json };

  Link(int out_fd, Form form) : out_fd_(out_fd), form_(form) {}

  /// Queues one frame; without a `boot_ms` it is stamped with the present. A frame over the size
  /// limit is a fault of the plugin and ends it.
  void send(v1::Observation frame);

  void send_health(v1::Health::Kind kind, v1::Health::State state, const std::string& reason);

  /// The plugin ends after this turn. The first call counts.
  void end(Exit exit);

  /// Tells the daemon that everything this plugin offers is lost, with one sentence for people, and
  /// ends.
  void give_up(Exit exit, const std::string& reason);

  /// For run(): the kinds that give_up() reports.
  void offer(std::vector<v1::Health::Kind> kinds) { kinds_ = std::move(kinds); }

  /// For run(): writes what is queued; blocks while the reader is slow.
  void flush();

  std::optional<Exit> ended() const { return ended_; }

 private:
  int out_fd_;
  Form form_;
  std::vector<v1::Health::Kind> kinds_;
  std::string queue_;
  std::optional<Exit> ended_;
};

}  // namespace nape::sdk

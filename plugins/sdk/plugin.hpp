// SPDX-License-Identifier: Apache-2.0
//
// What a plugin in C++ implements, and run(), which does the rest: `--json`, `--version`, `--help`,
// the hello, one poll() over standard input, the signals and the plugin's own descriptors, the
// answer to ping, the end on end of file. One thread; callbacks must return promptly (a ping is to
// be answered within 10 s). An exception that leaves a callback becomes a health frame and exit
// code 1. A plugin that returns no descriptor and no deadline costs nothing while nothing happens.
#pragma once

#include <poll.h>

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "nape/v1/directive.pb.h"
#include "sdk/link.hpp"

namespace nape::sdk {

struct Identity {
  /// `x11` for nape-plugin-x11.
  std::string name;
  /// As in Hello.
  std::vector<std::string> capabilities;
  /// One sentence for `--help`: what it sees or does, and what it never sees.
  std::string summary;
};

/// What to sleep for; filled anew before every sleep.
struct Wait {
  std::vector<pollfd> fds;
  /// On the boot clock. A poll() pauses in suspend, so it may come late by as long as the machine
  /// slept.
  std::optional<std::chrono::milliseconds> until;
};

class Plugin {
 public:
  virtual ~Plugin() = default;

  /// Asked after take_arguments().
  virtual Identity identity() const = 0;

  /// What is left of the command line. A sentence refuses it, with exit code 64; empty accepts it.
  virtual std::string take_arguments(const std::vector<std::string>& arguments);

  /// Once, after the hello: open what is needed and say what is seen. `link` outlives the plugin's
  /// last callback. Where it cannot run: link.give_up(Exit::cannot_run, sentence).
  virtual void start(Link& link) = 0;

  virtual void wait_for(Wait& /*wait*/) {}

  /// `ready` are the descriptors of wait_for() in the same order, with their `revents`; also
  /// called, with all of them zero, when `until` has come.
  virtual void on_wake(std::span<const pollfd> /*ready*/) {}

  /// Everything but ping, which run() answers.
  virtual void on_directive(const v1::Directive& /*directive*/) {}

  /// Asked to finish: undo what would stay behind (take a window off the screen). At most 2 s are
  /// left.
  virtual void stop() {}
};

/// The whole life of a plugin; returns the exit code for main().
int run(Plugin& plugin, int argc, char** argv);

}  // namespace nape::sdk

// SPDX-License-Identifier: Apache-2.0
//
// The daemon: one thread, one loop, no locks. It owns everything and wires it: sensors' events go
// through the life (engine and store) to the actuators; requests are answered from snapshots. Life
// cycle: open, run until asked to stop, gone.
#pragma once

#include <memory>

#include "app/configuration.hpp"
#include "app/options.hpp"
#include "core/result.hpp"

namespace nape::app {

class Daemon {
 public:
  /// Serves from the moment it returns. Fails where another daemon runs, or nothing can be stored.
  static Result<std::unique_ptr<Daemon>> open(const Options& options, config::Paths paths,
                                              Configuration configuration);
  ~Daemon();

  /// Until SIGTERM or SIGINT, then stops plugins and brings everything to disk.
  void run();

 private:
  struct Inner;
  explicit Daemon(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

}  // namespace nape::app

// SPDX-License-Identifier: Apache-2.0
//
// What `naped --replay` lives through: a recording, or a scenario made into one. A recording is a
// machine's life of its own: its boot time line has the name of its content, so that a daemon that
// was stopped in the middle goes on there.
#pragma once

#include <filesystem>
#include <string>

#include "core/policy.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace nape::app {

struct Demo {
  /// The recording that is played.
  std::filesystem::path recording;
  /// It was made from a scenario, and is removed with the daemon.
  bool made = false;
  /// Names its boot time line.
  std::string boot_id;
  std::string zone;
  Instant start;
  Instant end;
  /// The policy that the scenario asks for; empty where it is silent.
  std::string policy;
};

/// `directory` takes the recording made from a scenario.
Result<Demo> open_demo(const std::string& file, const std::filesystem::path& directory);

}  // namespace nape::app

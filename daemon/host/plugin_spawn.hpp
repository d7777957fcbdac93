// SPDX-License-Identifier: Apache-2.0
//
// The one place that forks. Returns the parent's ends, all non-blocking and closed on exec; owning
// them passes to the caller.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "host/plugin_status.hpp"

namespace nape::host {

struct Spawned {
  pid_t pid = -1;
  int process = -1;  ///< pidfd: readable when the child has ended
  int input = -1;
  int output = -1;
  int error_output = -1;
};

/// A path that cannot be executed is found before forking; what fails after that is said on the
/// child's standard error, with exit code 127.
Result<Spawned> spawn_plugin(const PluginSpec& spec);

/// May a plugin see this variable of the daemon's environment?
bool passes_to_plugins(std::string_view name);

}  // namespace nape::host

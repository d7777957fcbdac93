// SPDX-License-Identifier: Apache-2.0
#include "scenario/replay.hpp"

#include "cli/commands.hpp"

namespace nape::cli {

int replay(const Options& options) {
  return scenario::replay({options.files, options.policy, options.json});
}

}  // namespace nape::cli

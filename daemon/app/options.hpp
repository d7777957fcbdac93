// SPDX-License-Identifier: Apache-2.0
//
// naped's command line. Everything else comes from the environment (config/paths.hpp) and the
// settings.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace nape::app {

struct Options {
  /// Run on this recording or scenario, marked as a demo, in a database of its own.
  std::string replay;
  /// How much faster than life it plays; 0: as fast as it goes.
  double speed = 1;
  /// Instead of what settings or scenario say.
  std::string policy;
  /// Places named by flags, as the variables that they stand for: {"NAPE_STATE_DIR", "/x"}.
  std::vector<std::pair<std::string, std::string>> places;
  bool help = false;
  bool version = false;
};

Result<Options> parse_options(int count, char** words);
std::string help_text();

}  // namespace nape::app

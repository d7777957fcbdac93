// SPDX-License-Identifier: Apache-2.0
//
// `nape replay FILE...`: runs scenarios and recordings through the engine and prints what happened.
// Reads no configuration and no state.
#pragma once

#include <string>
#include <vector>

namespace nape::scenario {

struct ReplayOptions {
  std::vector<std::string> files;
  /// A preset or a file; empty: what the scenario says, else the default.
  std::string policy;
  bool json = false;
};

/// 0: everything ran, and every expectation was met; 1: some was not; 2: a file or a policy is
/// wrong.
int replay(const ReplayOptions& options);

}  // namespace nape::scenario

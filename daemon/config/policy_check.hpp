// SPDX-License-Identifier: Apache-2.0
//
// What no single value of a policy can tell: whether they go together. The engine relies on it, and
// so does whoever builds a Policy without a file.
#pragma once

#include <string>
#include <vector>

#include "core/policy.hpp"

namespace nape::config {

struct Problem {
  /// Empty: the policy itself.
  std::string kind;
  /// As the file calls it: "length", "ladder[1].step". Indices are from 0.
  std::string key;
  std::string what;
  std::string right;
};

inline constexpr std::size_t most_kinds = 16;
inline constexpr std::size_t most_ladder_steps = 8;

/// Empty: the engine can run it.
std::vector<Problem> check(const Policy& policy);

}  // namespace nape::config

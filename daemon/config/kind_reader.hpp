// SPDX-License-Identifier: Apache-2.0
//
// One [[kind]] of a policy file. For the .cpp files of config/ alone.
#pragma once

#include "config/section.hpp"
#include "core/policy.hpp"

namespace nape::config {

enum class Needed { all, none };

/// Overwrites in `kind` what `section` says, and tells what is wrong in it, unknown keys included.
/// With Needed::all it also tells which keys are missing. The caller has read the name.
void read_kind(Section& section, BreakKind& kind, Needed needed);

}  // namespace nape::config

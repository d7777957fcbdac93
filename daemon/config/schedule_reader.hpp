// SPDX-License-Identifier: Apache-2.0
//
// The tables that say when something applies: `when` and the entries of `quiet`. For the .cpp files
// of config/ alone.
#pragma once

#include "config/section.hpp"
#include "core/policy.hpp"

namespace nape::config {

/// Tells what is wrong in `section`, unknown keys included.
Schedule read_schedule(Section section);

}  // namespace nape::config

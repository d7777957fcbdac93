// SPDX-License-Identifier: Apache-2.0
#include "drive/commit_schedule.hpp"

#include <algorithm>

namespace nape::drive {

bool CommitSchedule::at_once(const Effects& effects) {
  return std::any_of(effects.begin(), effects.end(), is_durable);
}

}  // namespace nape::drive

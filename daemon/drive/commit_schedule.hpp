// SPDX-License-Identifier: Apache-2.0
//
// When the engine's state must be on disk (design section 7, "Why"): a break's transitions at once,
// tallies at most once a minute, and within 15 s of the last input.
#pragma once

#include <algorithm>
#include <optional>

#include "core/effect.hpp"
#include "core/thresholds.hpp"
#include "core/time.hpp"

namespace nape::drive {

class CommitSchedule {
 public:
  /// Something happened that is not on disk.
  void on_input(BootTime at) {
    last_input_ = at;
    if (!dirty_since_) dirty_since_ = at;
  }
  /// No tally: it can wait its minute, and need not wake anybody sooner.
  void on_other_change(BootTime at) {
    if (!dirty_since_) dirty_since_ = at;
  }
  void on_committed(BootTime at) {
    committed_ = at;
    dirty_since_.reset();
    last_input_.reset();
  }

  /// While input goes on, once a minute; after it, soon.
  std::optional<BootTime> due() const {
    if (!dirty_since_) return std::nullopt;
    const auto minute = std::max(*dirty_since_, committed_) + thresholds::commit_every;
    return last_input_ ? std::min(minute, *last_input_ + thresholds::commit_after_input) : minute;
  }

  static bool at_once(const Effects& effects);

 private:
  std::optional<BootTime> dirty_since_;
  std::optional<BootTime> last_input_;
  BootTime committed_{};
};

}  // namespace nape::drive

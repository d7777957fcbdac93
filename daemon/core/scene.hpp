// SPDX-License-Identifier: Apache-2.0
//
// What the breaks need to know of the moment, put together by the engine.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/effect.hpp"
#include "core/policy.hpp"
#include "core/time.hpp"

namespace nape {

struct Scene {
  Instant now;
  std::int32_t day = 0;

  PresenceState presence = PresenceState::unknown;
  PresenceReason reason = PresenceReason::start;
  bool attended = false;
  /// Attended and not standing.
  bool sitting = false;
  /// Passive evidence proves this very moment.
  bool carried = false;
  /// Certain at this moment: something may be shown.
  bool fresh = false;
  bool blind = false;
  BootTime proof{};
  /// The last input or the last moment of passive evidence.
  BootTime stirred{};
  std::optional<BootTime> last_key;
  std::optional<BootTime> away_since;
  std::optional<BootTime> inputless_since;

  /// By HoldReason, without `typing`.
  std::array<bool, hold_reason_count> holds{};
  /// By Stage.
  std::array<bool, stage_count> reachable{};
  /// Confirmed length of the running sitting stretch.
  Duration stretch{};
};

}  // namespace nape

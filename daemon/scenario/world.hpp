// SPDX-License-Identifier: Apache-2.0
//
// What sensors would tell if they were asked now: remembered from what they have told, and told
// again after a restart.
#pragma once

#include <array>
#include <vector>

#include "core/event.hpp"

namespace nape::scenario {

class World {
 public:
  void remember(const Event& event);
  /// The machine was off: nobody has locked the new session.
  void power_off() { locked_ = false; }
  std::vector<Event> statements() const;

 private:
  bool locked_ = false;
  bool lid_closed_ = false;
  bool remote_ = false;
  SetupChanged setup_{Display::external, Keyboard::external};
  WindowChanged window_;
  std::array<bool, signal_kind_count> signals_{};
  std::array<SensorState, sensor_kind_count> sensors_{SensorState::good, SensorState::good,
                                                      SensorState::good, SensorState::good,
                                                      SensorState::good};
};

}  // namespace nape::scenario

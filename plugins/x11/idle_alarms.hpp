// SPDX-License-Identifier: Apache-2.0
//
// Input where no raw events are to be had: two XSync alarms on the server's idle time, one for
// "input after a second of quiet", one for "a second of quiet after input". Between the first and
// the second, gaps are under a second: there was input in every second, and nobody needs to ask.
// Counts are unknown this way. Borrows the server.
#pragma once

#include <cstdint>
#include <optional>

#include "x11/x_server.hpp"

namespace nape::x11 {

class IdleAlarms {
 public:
  explicit IdleAlarms(const XServer& server) : server_(server) {}

  /// False: this server has no idle counter.
  bool start();

  /// Whether `event` was one of these.
  bool take(const xcb_generic_event_t& event);

  /// When the server sent the last alarm.
  std::uint32_t told_server_ms() const { return told_server_ms_; }

  /// Between the two alarms.
  bool is_active() const { return active_; }

  /// The server's time of an input that an alarm told of since the last call.
  std::optional<std::uint32_t> take_input();

 private:
  bool find_idle_counter();
  std::uint32_t alarm(std::uint32_t test);

  const XServer& server_;
  std::optional<std::uint8_t> first_event_;
  std::uint32_t counter_ = 0;
  std::uint32_t quiet_alarm_ = 0;
  std::uint32_t input_alarm_ = 0;
  bool active_ = false;
  std::uint32_t told_server_ms_ = 0;
  std::optional<std::uint32_t> input_ms_;
};

}  // namespace nape::x11

// SPDX-License-Identifier: Apache-2.0
//
// The X server stamps its events in milliseconds of a clock of its own (32 bits, wraps after 49
// days, on most servers CLOCK_MONOTONIC, so it stands still in suspend). This turns such a stamp
// into CLOCK_BOOTTIME with an offset that the events themselves keep fresh: an event cannot arrive
// before it happened, so the smallest difference seen is the truest; a large growth means that the
// machine slept. Costs no request. Never answers with a time in the future.
#pragma once

#include <chrono>
#include <cstdint>

namespace nape::x11 {

class ServerClock {
 public:
  using Milliseconds = std::chrono::milliseconds;
  enum class Arrival {
    fresh,   // the plugin slept until this event woke it
    waited,  // it may have lain in the socket while the plugin rested
  };

  /// An event stamped `server_ms` is read at `now`.
  void saw(std::uint32_t server_ms, Milliseconds now, Arrival arrival);

  /// At `now`, when was `server_ms`? Before the first saw(): now.
  Milliseconds to_boot(std::uint32_t server_ms, Milliseconds now) const;

 private:
  // Modulo 2^32, as the stamps are.
  std::uint32_t offset_ms_ = 0;
  bool known_ = false;
};

}  // namespace nape::x11

// SPDX-License-Identifier: Apache-2.0
#include "x11/server_clock.hpp"

#include <algorithm>

namespace nape::x11 {
namespace {

// A rest lasts one second; an event cannot have waited much longer in the socket unless the machine
// slept meanwhile.
constexpr std::int32_t longest_wait_ms = 2000;

std::uint32_t low_bits(std::chrono::milliseconds time) {
  return static_cast<std::uint32_t>(time.count());
}

}  // namespace

void ServerClock::saw(std::uint32_t server_ms, Milliseconds now, Arrival arrival) {
  const std::uint32_t seen = low_bits(now) - server_ms;
  const auto growth = static_cast<std::int32_t>(seen - offset_ms_);
  if (!known_ || arrival == Arrival::fresh || growth < 0 || growth > longest_wait_ms) {
    offset_ms_ = seen;
    known_ = true;
  }
}

ServerClock::Milliseconds ServerClock::to_boot(std::uint32_t server_ms, Milliseconds now) const {
  if (!known_) return now;
  const auto age = static_cast<std::int32_t>(low_bits(now) - offset_ms_ - server_ms);
  return now - Milliseconds{std::max(age, 0)};
}

}  // namespace nape::x11

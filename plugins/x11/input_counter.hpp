// SPDX-License-Identifier: Apache-2.0
//
// Turns raw input events into counts. This is where privacy is made: an event comes in with what
// the wire says, and only five sums leave. Of key codes at most one is remembered, that of the
// newest key still held down, because some servers report auto-repeat as further presses of that
// key; it is forgotten when the key goes up and is sent nowhere.
#pragma once

#include <cstdint>

namespace nape::x11 {

struct Tally {
  std::uint32_t keys = 0;
  std::uint32_t clicks = 0;
  std::uint32_t scroll = 0;
  std::uint32_t motion = 0;
  std::uint32_t touch = 0;

  bool is_empty() const { return keys + clicks + scroll + motion + touch == 0; }
};

/// Whether the server made the event up from another one.
enum class Emulated { no, yes };

class InputCounter {
 public:
  // Each returns whether it counted.
  bool key_pressed(std::uint32_t code);
  void key_released(std::uint32_t code);
  bool button_pressed(std::uint32_t button, Emulated emulated);
  /// `axes`: bit n is set when the event moves axis n.
  bool moved(std::uint32_t axes, Emulated emulated);
  void touched() { ++tally_.touch; }

  const Tally& tally() const { return tally_; }
  void clear() { tally_ = {}; }

 private:
  Tally tally_;
  std::uint32_t held_code_ = 0;
};

}  // namespace nape::x11

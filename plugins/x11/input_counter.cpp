// SPDX-License-Identifier: Apache-2.0
#include "x11/input_counter.hpp"

namespace nape::x11 {
namespace {

constexpr bool is_wheel(std::uint32_t button) { return button >= 4 && button <= 7; }

// The server takes the first two axes of every pointer for x and y; wheels turn others.
constexpr std::uint32_t x_and_y = 0b11;

}  // namespace

bool InputCounter::key_pressed(std::uint32_t code) {
  if (code == held_code_) return false;
  held_code_ = code;
  ++tally_.keys;
  return true;
}

void InputCounter::key_released(std::uint32_t code) {
  if (code == held_code_) held_code_ = 0;
}

// A wheel with smooth scrolling reports its axis and, once per step, an emulated button; a wheel
// without reports only the button. So the buttons are the steps, emulated or not. Any other
// emulated button repeats a touch.
bool InputCounter::button_pressed(std::uint32_t button, Emulated emulated) {
  if (is_wheel(button)) {
    ++tally_.scroll;
    return true;
  }
  if (emulated == Emulated::yes) return false;
  ++tally_.clicks;
  return true;
}

bool InputCounter::moved(std::uint32_t axes, Emulated emulated) {
  if ((axes & x_and_y) == 0 || emulated == Emulated::yes) return false;
  ++tally_.motion;
  return true;
}

}  // namespace nape::x11

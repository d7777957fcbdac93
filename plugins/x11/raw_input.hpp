// SPDX-License-Identifier: Apache-2.0
//
// Input as XInput 2 reports it before any window gets it: raw events on the root window, of every
// master device, also while another program grabs the keyboard. Feeds an InputCounter; remembers
// the server's time of the last event that counted. Borrows the server.
#pragma once

#include <optional>

#include "x11/input_counter.hpp"
#include "x11/x_server.hpp"

namespace nape::x11 {

class RawInput {
 public:
  explicit RawInput(const XServer& server) : server_(server) {}

  /// Asks for the events. False: this server has no XInput 2.1 or newer.
  bool start();

  /// Whether `event` was one of these.
  bool take(const xcb_generic_event_t& event);

  const Tally& tally() const { return counter_.tally(); }
  void clear() { counter_.clear(); }
  /// When the server sent the last event, and the last one that counted.
  std::uint32_t told_server_ms() const { return told_server_ms_; }
  std::uint32_t last_server_ms() const { return last_server_ms_; }

 private:
  const XServer& server_;
  std::optional<std::uint8_t> opcode_;
  InputCounter counter_;
  std::uint32_t told_server_ms_ = 0;
  std::uint32_t last_server_ms_ = 0;
};

}  // namespace nape::x11

// SPDX-License-Identifier: Apache-2.0
//
// Which kinds of display are in use, by RandR's monitors: the panel built into a laptop, others,
// both, none. A panel is known by the name of its connector (eDP, LVDS, DSI). Hot-plug comes as a
// burst of events, so it looks when the burst is over. Borrows the server.
#pragma once

#include <chrono>
#include <optional>

#include "x11/x_server.hpp"

namespace nape::x11 {

class Displays {
 public:
  using Milliseconds = std::chrono::milliseconds;
  struct Seen {
    bool builtin = false;
    bool external = false;
    friend bool operator==(const Seen&, const Seen&) = default;
  };

  explicit Displays(const XServer& server) : server_(server) {}

  /// False: this server has no RandR 1.5 or newer.
  bool start();

  /// Whether `event` was one of these.
  bool take(const xcb_generic_event_t& event, Milliseconds now);

  /// Looks if there was a reason to and the burst is over; may wait for the server's answers.
  /// Whether it looked.
  bool look(Milliseconds now);

  const std::optional<Seen>& seen() const { return seen_; }
  std::optional<Milliseconds> look_again() const { return look_again_; }

  /// The outputs are those of a server that runs inside a Wayland compositor.
  bool is_xwayland() const { return xwayland_; }

 private:
  void read();

  const XServer& server_;
  std::optional<std::uint8_t> first_event_;
  std::optional<Seen> seen_;
  std::optional<Milliseconds> look_again_;
  bool xwayland_ = false;
};

/// By the name of a connector, such as "eDP-1".
bool is_builtin(const std::string& output);

}  // namespace nape::x11

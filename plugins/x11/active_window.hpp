// SPDX-License-Identifier: Apache-2.0
//
// Which application has the keyboard, and whether it fills the screen: _NET_ACTIVE_WINDOW, then
// WM_CLASS and _NET_WM_STATE. It never asks for a title. Window managers report no window for a
// moment between two, so "none" is believed only when it lasts. A program that keeps changing its
// properties while nobody is there is not listened to until somebody is. Borrows the server.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "x11/x_server.hpp"

namespace nape::x11 {

class ActiveWindow {
 public:
  using Milliseconds = std::chrono::milliseconds;

  struct Seen {
    std::string application;
    bool fullscreen = false;
    friend bool operator==(const Seen&, const Seen&) = default;
  };

  explicit ActiveWindow(const XServer& server) : server_(server) {}

  enum class Heard { nothing, noise, change };
  Heard take(const xcb_generic_event_t& event);

  /// The stamp of a property's change, ours to care for or not.
  static std::optional<std::uint32_t> server_ms_of(const xcb_generic_event_t& event);

  /// Looks if there was a reason to; may wait for the server's answers. Whether it looked.
  bool look(Milliseconds now);

  /// Of the window that is in front; nothing while no window manager tells.
  const std::optional<Seen>& seen() const { return seen_; }

  /// The server's time of the last change, where it told one.
  std::optional<std::uint32_t> changed_server_ms() const { return changed_server_ms_; }

  /// When to look again although nothing was heard.
  std::optional<Milliseconds> look_again() const { return look_again_; }

  void mute();
  void unmute();

 private:
  bool is_managed();
  void follow(xcb_window_t window);
  std::optional<Seen> describe(xcb_window_t window) const;
  void settle(std::optional<Seen> found, Milliseconds now);

  const XServer& server_;
  xcb_window_t manager_ = XCB_NONE;
  xcb_window_t window_ = XCB_NONE;
  bool muted_ = false;
  bool changed_ = true;
  std::optional<std::uint32_t> changed_server_ms_;
  std::optional<Seen> seen_;
  std::optional<Milliseconds> none_since_;
  std::optional<Milliseconds> look_again_;
};

}  // namespace nape::x11

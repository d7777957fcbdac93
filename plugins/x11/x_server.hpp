// SPDX-License-Identifier: Apache-2.0
//
// The connection to the X server, its atoms, and what xcb leaves to its users: replies and events
// that free themselves. Owned by the sensor; its parts borrow it. It opens no window and asks for
// no text but WM_CLASS.
#pragma once

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace nape::x11 {

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

/// What xcb hands out by malloc; null where the server answered with an error.
template <class T>
using Owned = std::unique_ptr<T, Free>;

struct Atoms {
  xcb_atom_t active_window;
  xcb_atom_t supporting_wm_check;
  xcb_atom_t wm_state;
  xcb_atom_t fullscreen;
  xcb_atom_t window_type;
  xcb_atom_t desktop;
};

class XServer {
 public:
  /// Connects to $DISPLAY; afterwards problem() tells whether that worked.
  XServer();
  ~XServer();
  XServer(const XServer&) = delete;
  XServer& operator=(const XServer&) = delete;

  /// Why there is no server to talk to, as a sentence; empty while there is one.
  std::string problem() const;

  xcb_connection_t* connection() const { return connection_; }
  xcb_window_t root() const { return root_; }
  const Atoms& atoms() const { return atoms_; }
  int fd() const { return xcb_get_file_descriptor(connection_); }

  const xcb_query_extension_reply_t* extension(xcb_extension_t& id) const;

  /// An extension for which xcb has no library.
  bool has_extension(const std::string& name) const;

  /// The next event without waiting for one.
  Owned<xcb_generic_event_t> next_event() const;

  /// Replaces what this client hears of `window`.
  void listen(xcb_window_t window, std::uint32_t events) const;

  xcb_get_property_cookie_t ask(xcb_window_t window, xcb_atom_t property, xcb_atom_t type,
                                std::uint32_t max_words) const;
  Owned<xcb_get_property_reply_t> answer(xcb_get_property_cookie_t cookie) const;

  /// One window or atom, or none.
  static std::uint32_t first_word(const xcb_get_property_reply_t* reply);
  static bool holds(const xcb_get_property_reply_t* reply, std::uint32_t word);

 private:
  xcb_connection_t* connection_;
  xcb_window_t root_ = XCB_NONE;
  Atoms atoms_{};
};

}  // namespace nape::x11

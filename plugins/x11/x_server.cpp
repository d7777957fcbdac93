// SPDX-License-Identifier: Apache-2.0
#include "x11/x_server.hpp"

#include <array>
#include <span>
#include <string_view>

namespace nape::x11 {
namespace {

std::string display_name() {
  const char* name = std::getenv("DISPLAY");
  return name == nullptr ? "" : name;
}

Atoms intern_atoms(xcb_connection_t* connection) {
  constexpr std::array<std::string_view, 6> names{
      "_NET_ACTIVE_WINDOW",       "_NET_SUPPORTING_WM_CHECK", "_NET_WM_STATE",
      "_NET_WM_STATE_FULLSCREEN", "_NET_WM_WINDOW_TYPE",      "_NET_WM_WINDOW_TYPE_DESKTOP"};
  std::array<xcb_intern_atom_cookie_t, names.size()> cookies{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    cookies[i] = xcb_intern_atom(connection, 0, static_cast<std::uint16_t>(names[i].size()),
                                 names[i].data());
  }
  std::array<xcb_atom_t, names.size()> atoms{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Owned<xcb_intern_atom_reply_t> reply{
        xcb_intern_atom_reply(connection, cookies[i], nullptr)};
    if (reply) atoms[i] = reply->atom;
  }
  return {atoms[0], atoms[1], atoms[2], atoms[3], atoms[4], atoms[5]};
}

xcb_window_t root_of(xcb_connection_t* connection, int screen) {
  auto it = xcb_setup_roots_iterator(xcb_get_setup(connection));
  for (; screen > 0 && it.rem > 1; --screen) xcb_screen_next(&it);
  return it.data->root;
}

}  // namespace

XServer::XServer() {
  int screen = 0;
  connection_ = xcb_connect(nullptr, &screen);
  if (xcb_connection_has_error(connection_) != 0) return;
  root_ = root_of(connection_, screen);
  atoms_ = intern_atoms(connection_);
}

XServer::~XServer() { xcb_disconnect(connection_); }

std::string XServer::problem() const {
  if (xcb_connection_has_error(connection_) == 0) return "";
  if (root_ != XCB_NONE) return "The X server has closed the connection.";
  if (display_name().empty()) return "DISPLAY is not set: there is no X11 session here.";
  return "The X server of DISPLAY=" + display_name() + " cannot be reached or refuses this user.";
}

const xcb_query_extension_reply_t* XServer::extension(xcb_extension_t& id) const {
  const xcb_query_extension_reply_t* reply = xcb_get_extension_data(connection_, &id);
  return reply != nullptr && reply->present != 0 ? reply : nullptr;
}

bool XServer::has_extension(const std::string& name) const {
  const auto cookie =
      xcb_query_extension(connection_, static_cast<std::uint16_t>(name.size()), name.c_str());
  const Owned<xcb_query_extension_reply_t> reply{
      xcb_query_extension_reply(connection_, cookie, nullptr)};
  return reply && reply->present != 0;
}

Owned<xcb_generic_event_t> XServer::next_event() const {
  return Owned<xcb_generic_event_t>{xcb_poll_for_event(connection_)};
}

void XServer::listen(xcb_window_t window, std::uint32_t events) const {
  xcb_change_window_attributes(connection_, window, XCB_CW_EVENT_MASK, &events);
}

xcb_get_property_cookie_t XServer::ask(xcb_window_t window, xcb_atom_t property, xcb_atom_t type,
                                       std::uint32_t max_words) const {
  return xcb_get_property(connection_, 0, window, property, type, 0, max_words);
}

Owned<xcb_get_property_reply_t> XServer::answer(xcb_get_property_cookie_t cookie) const {
  return Owned<xcb_get_property_reply_t>{xcb_get_property_reply(connection_, cookie, nullptr)};
}

std::uint32_t XServer::first_word(const xcb_get_property_reply_t* reply) {
  if (reply == nullptr || reply->format != 32 || reply->value_len == 0) return 0;
  return *static_cast<const std::uint32_t*>(xcb_get_property_value(reply));
}

bool XServer::holds(const xcb_get_property_reply_t* reply, std::uint32_t word) {
  if (reply == nullptr || reply->format != 32) return false;
  const std::span words(static_cast<const std::uint32_t*>(xcb_get_property_value(reply)),
                        reply->value_len);
  for (const std::uint32_t each : words) {
    if (each == word) return true;
  }
  return false;
}

}  // namespace nape::x11

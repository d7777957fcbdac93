// SPDX-License-Identifier: Apache-2.0
#include "x11/active_window.hpp"

#include <string_view>

#include "sdk/text.hpp"

namespace nape::x11 {
namespace {

constexpr std::chrono::milliseconds none_settles{200};
constexpr std::size_t max_application_bytes = 256;

// WM_CLASS is two strings, each ended by a zero byte: the instance, then the class.
std::string class_of(const xcb_get_property_reply_t* reply) {
  if (reply == nullptr || reply->format != 8) return "";
  const std::string_view both(static_cast<const char*>(xcb_get_property_value(reply)),
                              static_cast<std::size_t>(xcb_get_property_value_length(reply)));
  const std::size_t end = both.find('\0');
  const std::string_view instance = both.substr(0, end);
  std::string_view name = end == both.npos ? "" : both.substr(end + 1);
  name = name.substr(0, name.find('\0'));
  return sdk::clean_text(name.empty() ? instance : name, max_application_bytes);
}

}  // namespace

ActiveWindow::Heard ActiveWindow::take(const xcb_generic_event_t& event) {
  const int type = event.response_type & 0x7F;
  if (type == XCB_DESTROY_NOTIFY) {
    const auto& gone = reinterpret_cast<const xcb_destroy_notify_event_t&>(event);
    if (gone.window != manager_) return Heard::nothing;
    changed_ = true;
    changed_server_ms_.reset();
    return Heard::change;
  }
  if (type != XCB_PROPERTY_NOTIFY) return Heard::nothing;
  const auto& property = reinterpret_cast<const xcb_property_notify_event_t&>(event);
  const Atoms& atoms = server_.atoms();
  const bool on_root =
      property.window == server_.root() &&
      (property.atom == atoms.active_window || property.atom == atoms.supporting_wm_check);
  const bool on_window = property.window == window_ && property.atom == atoms.wm_state;
  if (!on_root && !on_window) {
    return property.window == window_ ? Heard::noise : Heard::nothing;
  }
  changed_ = true;
  changed_server_ms_ = property.time;
  return Heard::change;
}

std::optional<std::uint32_t> ActiveWindow::server_ms_of(const xcb_generic_event_t& event) {
  if ((event.response_type & 0x7F) != XCB_PROPERTY_NOTIFY) return std::nullopt;
  return reinterpret_cast<const xcb_property_notify_event_t&>(event).time;
}

bool ActiveWindow::look(Milliseconds now) {
  const bool due = look_again_ && now >= *look_again_;
  if (!changed_ && !due) return false;
  changed_ = false;
  look_again_.reset();
  if (!is_managed()) {
    follow(XCB_NONE);
    none_since_.reset();
    seen_.reset();
    return true;
  }
  const auto reply = server_.answer(
      server_.ask(server_.root(), server_.atoms().active_window, XCB_ATOM_WINDOW, 1));
  follow(XServer::first_word(reply.get()));
  settle(window_ == XCB_NONE ? std::nullopt : describe(window_), now);
  return true;
}

// A window manager that dies leaves its properties behind; only its own window goes with it.
bool ActiveWindow::is_managed() {
  const xcb_atom_t check = server_.atoms().supporting_wm_check;
  const auto claim = server_.answer(server_.ask(server_.root(), check, XCB_ATOM_WINDOW, 1));
  const xcb_window_t manager = XServer::first_word(claim.get());
  if (manager == XCB_NONE) return false;
  if (manager != manager_) server_.listen(manager, XCB_EVENT_MASK_STRUCTURE_NOTIFY);
  manager_ = manager;
  const auto proof = server_.answer(server_.ask(manager, check, XCB_ATOM_WINDOW, 1));
  return XServer::first_word(proof.get()) == manager;
}

void ActiveWindow::follow(xcb_window_t window) {
  if (window == window_) return;
  if (window_ != XCB_NONE) server_.listen(window_, 0);
  window_ = window;
  muted_ = false;
  if (window != XCB_NONE) server_.listen(window, XCB_EVENT_MASK_PROPERTY_CHANGE);
}

// Nothing: the window has gone meanwhile.
std::optional<ActiveWindow::Seen> ActiveWindow::describe(xcb_window_t window) const {
  const Atoms& atoms = server_.atoms();
  const auto name = server_.ask(window, XCB_ATOM_WM_CLASS, XCB_ATOM_STRING, 256);
  const auto state = server_.ask(window, atoms.wm_state, XCB_ATOM_ATOM, 32);
  const auto type = server_.ask(window, atoms.window_type, XCB_ATOM_ATOM, 32);
  const auto name_reply = server_.answer(name);
  const auto state_reply = server_.answer(state);
  const auto type_reply = server_.answer(type);
  if (!name_reply || !state_reply || !type_reply) return std::nullopt;
  if (XServer::holds(type_reply.get(), atoms.desktop)) return Seen{};
  std::string application = class_of(name_reply.get());
  // A window without a class is still a window; empty would say that there is none.
  if (application.empty()) application = "unknown";
  return Seen{std::move(application), XServer::holds(state_reply.get(), atoms.fullscreen)};
}

void ActiveWindow::settle(std::optional<Seen> found, Milliseconds now) {
  if (found) {
    none_since_.reset();
    seen_ = std::move(found);
    return;
  }
  if (!none_since_) none_since_ = now;
  if (now - *none_since_ >= none_settles) {
    seen_ = Seen{};
  } else {
    look_again_ = *none_since_ + none_settles;
  }
}

void ActiveWindow::mute() {
  if (muted_ || window_ == XCB_NONE) return;
  server_.listen(window_, 0);
  muted_ = true;
}

void ActiveWindow::unmute() {
  if (!muted_) return;
  server_.listen(window_, XCB_EVENT_MASK_PROPERTY_CHANGE);
  muted_ = false;
  if (changed_) return;
  // What changed meanwhile went unheard.
  changed_ = true;
  changed_server_ms_.reset();
}

}  // namespace nape::x11

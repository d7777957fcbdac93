// SPDX-License-Identifier: Apache-2.0
#include "x11/raw_input.hpp"

#include <xcb/xinput.h>

namespace nape::x11 {
namespace {

using RawEvent = xcb_input_raw_button_press_event_t;

bool select_raw_events(const XServer& server) {
  struct {
    xcb_input_event_mask_t head;
    std::uint32_t mask;
  } const wanted{{XCB_INPUT_DEVICE_ALL_MASTER, 1},
                 XCB_INPUT_XI_EVENT_MASK_RAW_KEY_PRESS | XCB_INPUT_XI_EVENT_MASK_RAW_KEY_RELEASE |
                     XCB_INPUT_XI_EVENT_MASK_RAW_BUTTON_PRESS | XCB_INPUT_XI_EVENT_MASK_RAW_MOTION |
                     XCB_INPUT_XI_EVENT_MASK_RAW_TOUCH_BEGIN};
  const auto cookie =
      xcb_input_xi_select_events_checked(server.connection(), server.root(), 1, &wanted.head);
  return Owned<xcb_generic_error_t>{xcb_request_check(server.connection(), cookie)} == nullptr;
}

Emulated emulated(const RawEvent& event) {
  return (event.flags & XCB_INPUT_POINTER_EVENT_FLAGS_POINTER_EMULATED) != 0 ? Emulated::yes
                                                                             : Emulated::no;
}

std::uint32_t axes(const RawEvent& event) {
  return event.valuators_len == 0 ? 0 : *xcb_input_raw_button_press_valuator_mask(&event);
}

bool count(const RawEvent& event, InputCounter& counter) {
  switch (event.event_type) {
    case XCB_INPUT_RAW_KEY_PRESS:
      return counter.key_pressed(event.detail);
    case XCB_INPUT_RAW_KEY_RELEASE:
      counter.key_released(event.detail);
      return false;
    case XCB_INPUT_RAW_BUTTON_PRESS:
      return counter.button_pressed(event.detail, emulated(event));
    case XCB_INPUT_RAW_MOTION:
      return counter.moved(axes(event), emulated(event));
    case XCB_INPUT_RAW_TOUCH_BEGIN:
      counter.touched();
      return true;
    default:
      return false;
  }
}

}  // namespace

bool RawInput::start() {
  const auto* extension = server_.extension(xcb_input_id);
  if (extension == nullptr) return false;
  // From 2.1 on raw events also come while somebody grabs the device, from 2.2 on there are
  // touches.
  const auto cookie = xcb_input_xi_query_version(server_.connection(), 2, 2);
  const Owned<xcb_input_xi_query_version_reply_t> version{
      xcb_input_xi_query_version_reply(server_.connection(), cookie, nullptr)};
  if (!version || version->major_version < 2) return false;
  if (version->major_version == 2 && version->minor_version < 1) return false;
  if (!select_raw_events(server_)) return false;
  opcode_ = extension->major_opcode;
  return true;
}

bool RawInput::take(const xcb_generic_event_t& event) {
  if ((event.response_type & 0x7F) != XCB_GE_GENERIC || !opcode_) return false;
  // All raw events share one layout.
  const auto& raw = reinterpret_cast<const RawEvent&>(event);
  if (raw.extension != *opcode_) return false;
  told_server_ms_ = raw.time;
  if (count(raw, counter_)) last_server_ms_ = raw.time;
  return true;
}

}  // namespace nape::x11

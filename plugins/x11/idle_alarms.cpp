// SPDX-License-Identifier: Apache-2.0
#include "x11/idle_alarms.hpp"

#include <xcb/sync.h>

#include <string_view>

namespace nape::x11 {
namespace {

constexpr std::uint32_t quiet_ms = 1000;

// xcb_sync_systemcounter_name() of libxcb 1.15 points two bytes too far: it pads the 14 bytes
// before the name to 16.
std::string_view counter_name(const xcb_sync_systemcounter_t& counter) {
  constexpr std::size_t bytes_before_name = 14;
  return {reinterpret_cast<const char*>(&counter) + bytes_before_name, counter.name_len};
}

}  // namespace

bool IdleAlarms::start() {
  const auto* extension = server_.extension(xcb_sync_id);
  if (extension == nullptr) return false;
  const auto cookie = xcb_sync_initialize(server_.connection(), 3, 1);
  const Owned<xcb_sync_initialize_reply_t> version{
      xcb_sync_initialize_reply(server_.connection(), cookie, nullptr)};
  if (!version || !find_idle_counter()) return false;
  first_event_ = extension->first_event;
  quiet_alarm_ = alarm(XCB_SYNC_TESTTYPE_POSITIVE_TRANSITION);
  input_alarm_ = alarm(XCB_SYNC_TESTTYPE_NEGATIVE_TRANSITION);
  return true;
}

bool IdleAlarms::find_idle_counter() {
  const Owned<xcb_sync_list_system_counters_reply_t> list{xcb_sync_list_system_counters_reply(
      server_.connection(), xcb_sync_list_system_counters(server_.connection()), nullptr)};
  if (!list) return false;
  auto it = xcb_sync_list_system_counters_counters_iterator(list.get());
  for (; it.rem > 0; xcb_sync_systemcounter_next(&it)) {
    if (counter_name(*it.data) == "IDLETIME") counter_ = it.data->counter;
  }
  return counter_ != 0;
}

// With a delta of 0 an alarm on a transition stays armed by itself.
std::uint32_t IdleAlarms::alarm(std::uint32_t test) {
  const std::uint32_t id = xcb_generate_id(server_.connection());
  xcb_sync_create_alarm_value_list_t values{};
  values.counter = counter_;
  values.valueType = XCB_SYNC_VALUETYPE_ABSOLUTE;
  values.value = {0, quiet_ms};
  values.testType = test;
  values.delta = {0, 0};
  values.events = 1;
  xcb_sync_create_alarm_aux(server_.connection(), id,
                            XCB_SYNC_CA_COUNTER | XCB_SYNC_CA_VALUE_TYPE | XCB_SYNC_CA_VALUE |
                                XCB_SYNC_CA_TEST_TYPE | XCB_SYNC_CA_DELTA | XCB_SYNC_CA_EVENTS,
                            &values);
  return id;
}

bool IdleAlarms::take(const xcb_generic_event_t& event) {
  if (!first_event_ || (event.response_type & 0x7F) != *first_event_ + XCB_SYNC_ALARM_NOTIFY) {
    return false;
  }
  const auto& notice = reinterpret_cast<const xcb_sync_alarm_notify_event_t&>(event);
  active_ = notice.alarm == input_alarm_;
  told_server_ms_ = notice.timestamp;
  // At either alarm the counter says how long ago the last input was.
  input_ms_ = notice.timestamp - notice.counter_value.lo;
  return true;
}

std::optional<std::uint32_t> IdleAlarms::take_input() {
  const std::optional<std::uint32_t> taken = input_ms_;
  input_ms_.reset();
  return taken;
}

}  // namespace nape::x11

// SPDX-License-Identifier: Apache-2.0
#include "wire/events.hpp"

#include "nape/v1/observation.pb.h"

namespace nape::wire {
namespace {

InputTally tally_of(const v1::InputTally& from) {
  InputTally tally;
  tally.measured = !from.counts_unknown();
  if (tally.measured) {
    tally.counts = {from.keys(), from.clicks(), from.scroll(), from.motion(), from.touch()};
  }
  tally.last = BootTime(Duration(from.last_boot_ms()));
  return tally;
}

std::vector<Event> session_events(const v1::Session& session) {
  std::vector<Event> events;
  if (session.has_suspended()) events.emplace_back(Suspended{session.suspended()});
  if (session.has_locked()) events.emplace_back(Locked{session.locked()});
  if (session.has_lid_closed()) events.emplace_back(Lid{session.lid_closed()});
  if (session.has_remote()) events.emplace_back(Remote{session.remote()});
  if (session.has_seat_active()) events.emplace_back(SeatActive{session.seat_active()});
  return events;
}

std::vector<Event> signal_events(const v1::Signals& signals) {
  std::vector<Event> events;
  const auto add = [&](bool is_told, SignalKind kind, bool on) {
    if (is_told) events.emplace_back(Signal{kind, on});
  };
  add(signals.has_microphone(), SignalKind::microphone, signals.microphone());
  add(signals.has_camera(), SignalKind::camera, signals.camera());
  add(signals.has_screencast(), SignalKind::screencast, signals.screencast());
  add(signals.has_playback(), SignalKind::playback, signals.playback());
  add(signals.has_idle_inhibitor(), SignalKind::idle_inhibitor, signals.idle_inhibitor());
  add(signals.has_do_not_disturb(), SignalKind::do_not_disturb, signals.do_not_disturb());
  return events;
}

SetupChanged setup_of(const v1::Setup& from) {
  SetupChanged setup;
  switch (from.display()) {
    case v1::Setup::DISPLAY_LAPTOP:
      setup.display = Display::laptop;
      break;
    case v1::Setup::DISPLAY_EXTERNAL:
      setup.display = Display::external;
      break;
    case v1::Setup::DISPLAY_BOTH:
      setup.display = Display::both;
      break;
    case v1::Setup::DISPLAY_NONE:
      setup.display = Display::none;
      break;
    default:
      break;
  }
  if (from.keyboard() == v1::Setup::KEYBOARD_BUILTIN) setup.keyboard = Keyboard::builtin;
  if (from.keyboard() == v1::Setup::KEYBOARD_EXTERNAL) setup.keyboard = Keyboard::external;
  return setup;
}

}  // namespace

std::vector<Event> events_of(const v1::Observation& frame) {
  switch (frame.what_case()) {
    case v1::Observation::kInput:
      return {tally_of(frame.input())};
    case v1::Observation::kWindow:
      return {WindowChanged{frame.window().application(), {}, frame.window().fullscreen()}};
    case v1::Observation::kSession:
      return session_events(frame.session());
    case v1::Observation::kSignals:
      return signal_events(frame.signals());
    case v1::Observation::kSetup:
      return {setup_of(frame.setup())};
    default:
      return {};
  }
}

}  // namespace nape::wire

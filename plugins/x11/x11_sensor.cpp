// SPDX-License-Identifier: Apache-2.0
#include "x11/x11_sensor.hpp"

#include <algorithm>

#include "sdk/clock.hpp"

namespace nape::x11 {
namespace {

using v1::Health;
using v1::Observation;
using v1::Setup;

constexpr std::chrono::milliseconds rest{1000};

Setup::Display display_of(const Displays::Seen& seen) {
  if (seen.builtin) return seen.external ? Setup::DISPLAY_BOTH : Setup::DISPLAY_LAPTOP;
  return seen.external ? Setup::DISPLAY_EXTERNAL : Setup::DISPLAY_NONE;
}

}  // namespace

sdk::Identity X11Sensor::identity() const {
  std::vector<std::string> capabilities{"input", "input.counts", "window", "setup"};
  if (idle_times_only_) std::erase(capabilities, "input.counts");
  return {
      "x11", capabilities,
      "Tells naped how much input there is in an X11 session, which application is in front and\n"
      "which kinds of display are in use. It never learns which key was pressed for longer than\n"
      "the key is held, reads no window title and no text.\n\n"
      "  --idle-only  ask the server for idle times only; nothing is counted"};
}

std::string X11Sensor::take_arguments(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument != "--idle-only") return Plugin::take_arguments({argument});
    idle_times_only_ = true;
  }
  return "";
}

void X11Sensor::start(sdk::Link& link) {
  link_ = &link;
  x_ = std::make_unique<Session>();
  XServer& server = x_->server;
  if (const std::string problem = server.problem(); !problem.empty()) {
    return link.give_up(sdk::Exit::cannot_run, problem);
  }
  server.listen(server.root(), XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY);
  start_displays();
  if (x_->displays.is_xwayland() || server.has_extension("XWAYLAND")) {
    return link.give_up(sdk::Exit::cannot_run,
                        "This is Xwayland, which sees the input of X programs only: the session "
                        "is a Wayland one and needs its own sensor.");
  }
  start_input();
  drain(sdk::boot_now(), ServerClock::Arrival::waited);
}

void X11Sensor::start_input() {
  if (!idle_times_only_ && x_->raw.start()) {
    return link_->send_health(Health::KIND_INPUT, Health::STATE_GOOD, "");
  }
  if (x_->alarms.start()) {
    return link_->send_health(Health::KIND_INPUT, Health::STATE_DEGRADED,
                              idle_times_only_
                                  ? "Input is not counted, as --idle-only asks."
                                  : "This X server has no XInput 2.1, so input is not counted.");
  }
  link_->send_health(
      Health::KIND_INPUT, Health::STATE_LOST,
      "This X server tells neither input events (XInput 2.1) nor idle times (XSync).");
}

void X11Sensor::start_displays() {
  if (x_->displays.start()) return;
  link_->send_health(Health::KIND_SETUP, Health::STATE_LOST,
                     "This X server has no RandR 1.5, so the displays are not known.");
}

void X11Sensor::wait_for(sdk::Wait& wait) {
  if (!x_) return;
  wait.until = rest_until_;
  if (!rest_until_) wait.fds.push_back({x_->server.fd(), POLLIN, 0});
  for (const auto& other : {x_->window.look_again(), x_->displays.look_again()}) {
    if (other && (!wait.until || *other < *wait.until)) wait.until = other;
  }
}

void X11Sensor::on_wake(std::span<const pollfd> /*ready*/) {
  const auto arrival = rest_until_ ? ServerClock::Arrival::waited : ServerClock::Arrival::fresh;
  drain(sdk::boot_now(), arrival);
}

// Asking the server also reads further events into xcb's own queue, where poll() does not see them:
// so read and look in turn until both find nothing.
void X11Sensor::drain(Milliseconds now, ServerClock::Arrival arrival) {
  const bool resting = rest_until_ && now < *rest_until_;
  bool heard = read_events(now, arrival);
  while (x_->window.look(now) || x_->displays.look(now)) {
    heard = read_events(now, ServerClock::Arrival::waited) || heard;
  }
  // The window first: its change is older than the end of the tally's second, and time runs one way
  // in the stream.
  tell_window(now);
  tell_displays();
  if (!resting) {
    const bool told = tell_input(now);
    rest_until_ = heard || told ? std::optional(now + rest) : std::nullopt;
  }
  xcb_flush(x_->server.connection());
  if (const std::string problem = x_->server.problem(); !problem.empty()) {
    link_->give_up(sdk::Exit::fault, problem);
  }
}

// Whether there was any event.
bool X11Sensor::read_events(Milliseconds now, ServerClock::Arrival arrival) {
  bool heard = false;
  bool useful = false;
  bool noise = false;
  while (const auto event = x_->server.next_event()) {
    heard = true;
    if (x_->raw.take(*event)) {
      clock_.saw(x_->raw.told_server_ms(), now, arrival);
      useful = true;
    } else if (x_->alarms.take(*event)) {
      clock_.saw(x_->alarms.told_server_ms(), now, arrival);
      useful = true;
    } else if (!x_->displays.take(*event, now)) {
      const ActiveWindow::Heard window = x_->window.take(*event);
      if (const auto at = ActiveWindow::server_ms_of(*event)) clock_.saw(*at, now, arrival);
      noise = noise || window == ActiveWindow::Heard::noise;
      useful = useful || window == ActiveWindow::Heard::change;
    }
  }
  if (useful) {
    x_->window.unmute();
  } else if (noise) {
    x_->window.mute();
  }
  return heard;
}

// Whether there was any input.
bool X11Sensor::tell_input(Milliseconds now) {
  const auto input = x_->alarms.take_input();
  if (const Tally& tally = x_->raw.tally(); !tally.is_empty()) {
    send_tally(clock_.to_boot(x_->raw.last_server_ms(), now), &tally);
    x_->raw.clear();
  } else if (input) {
    send_tally(clock_.to_boot(*input, now), nullptr);
  } else if (x_->alarms.is_active()) {
    send_tally(now - rest, nullptr);
  } else {
    return false;
  }
  return true;
}

void X11Sensor::send_tally(Milliseconds last, const Tally* counts) {
  Observation frame;
  auto& input = *frame.mutable_input();
  input.set_last_boot_ms(last.count());
  if (counts == nullptr) {
    input.set_counts_unknown(true);
  } else {
    input.set_keys(counts->keys);
    input.set_clicks(counts->clicks);
    input.set_scroll(counts->scroll);
    input.set_motion(counts->motion);
    input.set_touch(counts->touch);
  }
  link_->send(std::move(frame));
}

void X11Sensor::tell_window(Milliseconds now) {
  const auto& seen = x_->window.seen();
  if (!seen && !told_no_manager_ && !x_->window.look_again()) {
    told_no_manager_ = true;
    told_window_.reset();
    link_->send_health(Health::KIND_WINDOW, Health::STATE_LOST,
                       "No window manager tells which window is in front; one that follows EWMH "
                       "(_NET_ACTIVE_WINDOW) would.");
  }
  if (!seen || seen == told_window_) return;
  if (told_no_manager_) link_->send_health(Health::KIND_WINDOW, Health::STATE_GOOD, "");
  told_no_manager_ = false;
  told_window_ = seen;
  Observation frame;
  if (const auto at = x_->window.changed_server_ms()) {
    frame.set_boot_ms(clock_.to_boot(*at, now).count());
  }
  frame.mutable_window()->set_application(seen->application);
  frame.mutable_window()->set_fullscreen(seen->fullscreen);
  link_->send(std::move(frame));
}

void X11Sensor::tell_displays() {
  const auto& seen = x_->displays.seen();
  if (!seen || seen == told_displays_) return;
  told_displays_ = seen;
  Observation frame;
  frame.mutable_setup()->set_display(display_of(*seen));
  link_->send(std::move(frame));
}

}  // namespace nape::x11

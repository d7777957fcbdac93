// SPDX-License-Identifier: Apache-2.0
//
// The x11 plugin: input, active window and displays of one X11 session as frames. It sleeps in
// poll() until the server has something to tell, reads everything, sends at most one tally, and
// then rests for the remainder of a second although the socket may be readable: a busy hour costs
// one wake-up a second, a quiet one none. Owns the connection.
#pragma once

#include <memory>

#include "sdk/plugin.hpp"
#include "x11/active_window.hpp"
#include "x11/displays.hpp"
#include "x11/idle_alarms.hpp"
#include "x11/raw_input.hpp"
#include "x11/server_clock.hpp"
#include "x11/x_server.hpp"

namespace nape::x11 {

class X11Sensor : public sdk::Plugin {
 public:
  sdk::Identity identity() const override;
  std::string take_arguments(const std::vector<std::string>& arguments) override;
  void start(sdk::Link& link) override;
  void wait_for(sdk::Wait& wait) override;
  void on_wake(std::span<const pollfd> ready) override;

 private:
  using Milliseconds = std::chrono::milliseconds;

  struct Session {
    XServer server;
    RawInput raw{server};
    IdleAlarms alarms{server};
    ActiveWindow window{server};
    Displays displays{server};
  };

  void start_input();
  void start_displays();
  void drain(Milliseconds now, ServerClock::Arrival arrival);
  bool read_events(Milliseconds now, ServerClock::Arrival arrival);
  bool tell_input(Milliseconds now);
  void tell_window(Milliseconds now);
  void tell_displays();
  void send_tally(Milliseconds last, const Tally* counts);

  sdk::Link* link_ = nullptr;
  bool idle_times_only_ = false;
  std::unique_ptr<Session> x_;
  ServerClock clock_;
  std::optional<Milliseconds> rest_until_;
  std::optional<ActiveWindow::Seen> told_window_;
  bool told_no_manager_ = false;
  std::optional<Displays::Seen> told_displays_;
};

}  // namespace nape::x11

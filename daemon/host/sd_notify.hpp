// SPDX-License-Identifier: Apache-2.0
//
// Telling systemd how we are: datagrams to $NOTIFY_SOCKET, without libsystemd. Where nobody
// listens every call does nothing. Failures are not reported: the daemon's work does not depend on
// them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "host/clock.hpp"

namespace boost::asio {
class io_context;
}

namespace nape::host {

class SdNotify {
 public:
  /// Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.
  SdNotify();

  void ready(std::string_view status) const;
  /// Must be followed by ready().
  void reloading(const Reading& reading) const;
  void stopping() const;
  /// One line for `systemctl status`.
  void status(std::string_view line) const;
  void alive() const;

  /// How often alive() is wanted at least; none unless a watchdog is set for this process.
  std::optional<Duration> watchdog() const { return watchdog_; }

 private:
  void send(std::string_view state) const;

  std::string address_;
  std::optional<Duration> watchdog_;
};

/// Says alive() at half the watchdog's time for as long as it lives, from the loop: a loop that
/// hangs stops saying it. The unit's WatchdogSec must be 10 min or more, or this costs wake-ups.
class Watchdog {
 public:
  Watchdog(boost::asio::io_context& loop, Clock& clock, const SdNotify& notify);
  ~Watchdog();

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace nape::host

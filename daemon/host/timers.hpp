// SPDX-License-Identifier: Apache-2.0
//
// Timers that suspend cannot fool: Asio's own pause in it. The callbacks run on the loop, never
// from within a call of the timer's own functions; destroying a timer inside its callback is fine.
// Nothing is rounded here: whoever arms a timer decides how exact a wake-up must be.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/time.hpp"

namespace boost::asio {
class io_context;
}

namespace nape::host {

/// Fires once at a boot time; a time that has passed fires at once.
class BootTimer {
 public:
  BootTimer(boost::asio::io_context& loop, std::function<void()> on_due);
  ~BootTimer();
  BootTimer(const BootTimer&) = delete;
  BootTimer& operator=(const BootTimer&) = delete;

  /// Replaces what was armed before; arming for the same time again costs no system call.
  void arm(BootTime due);
  void disarm();
  std::optional<BootTime> armed() const;

 private:
  struct Inner;
  std::shared_ptr<Inner> inner_;
};

/// Calls back whenever the wall clock has been set, and after every resume; how much it moved is
/// for ClockWatch to say. Sleeps otherwise.
class WallStepWatch {
 public:
  WallStepWatch(boost::asio::io_context& loop, std::function<void()> on_set);
  ~WallStepWatch();
  WallStepWatch(const WallStepWatch&) = delete;
  WallStepWatch& operator=(const WallStepWatch&) = delete;

 private:
  struct Inner;
  std::shared_ptr<Inner> inner_;
};

}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
//
// All plugins together: which run, what the daemon hears of them, and who is sent what. Of several
// plugins that tell input or windows, the first that sees best is heard; the rest only count in
// status. Owns the plugins and their one timer. Time comes from `clock`, and while every plugin is
// silent nothing is due for minutes. Hooks are called on the loop and must not call run() or
// stop().
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.hpp"
#include "core/time.hpp"
#include "host/clock.hpp"
#include "host/plugin_directive.hpp"
#include "host/plugin_status.hpp"

namespace boost::asio {
class io_context;
}

namespace nape::host {

class Log;

struct SupervisorHooks {
  /// Something for the engine, in the order in which it came; also what the supervisor itself
  /// knows: how well each kind of sensor sees (SensorHealth) and which stages can be shown
  /// (StageReach), at first and at each change. `at` lies in [last of the same plugin, now], and is
  /// the recording's own time for a recording. Let ClockWatch see `now` first.
  std::function<void(const Reading& now, Instant at, const Event&)> on_event;
  std::function<void(const Reading& now, const Answer&)> on_answer;
  /// A line of a recording.
  std::function<void(const Reading& now, Instant at, const std::string& line)> on_mark;
  /// A frame as recordings have it, length first. May be empty.
  std::function<void(std::string_view frame)> on_record;
  /// status() has changed in more than its counts. May be empty.
  std::function<void()> on_status;
};

class Supervisor {
 public:
  /// From then on SIGPIPE is ignored in this process.
  Supervisor(boost::asio::io_context& loop, Clock& clock, Log& log, SupervisorHooks hooks);
  /// Kills what still runs.
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  /// From now on these are wanted, at the start and after a reload: new ones are started, those
  /// that are no longer named or run differently are stopped, those that run the same way go on,
  /// and those that had given up get another chance.
  void run(const std::vector<PluginSpec>& wanted);

  /// Another session: those that did not fit the one before are tried again.
  void session_changed();

  /// Asks all to finish; `on_stopped` is called once, from the loop, when none is left. Safe to
  /// call twice; the later callback replaces the earlier.
  void stop(std::function<void()> on_stopped);

  /// A Showing goes to the first running actuator that can do its stage, a Removal to all. False:
  /// nobody took it.
  bool send(const Directive& directive);

  /// Of the wanted plugins, in order.
  std::vector<PluginStatus> status() const;

 private:
  struct Inner;
  std::shared_ptr<Inner> inner_;
};

}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
//
// One plugin, from its first start to its last end: joins the machine (PluginLife), the child
// (PluginProcess) and the gate (FrameGate). Owned by the Supervisor, which owns the one timer and
// calls on_due(). Not to be destroyed from within its own hooks.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

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
class Plugin;

/// What comes out of a plugin. `now` is the reading of this turn, `at` when it became true.
struct PluginHooks {
  std::function<void(Plugin&, const Reading& now, Instant at, const Event&)> on_event;
  std::function<void(const Reading& now, const Answer&)> on_answer;
  /// A line of a recording: what the person said, or what befell the daemon.
  std::function<void(const Reading& now, Instant at, const std::string& line)> on_mark;
  /// Every frame about the person as a recording has it, length first. May be empty.
  std::function<void(std::string_view frame)> on_record;
  /// State, senses or capabilities have changed.
  std::function<void(Plugin&, const Reading& now)> on_change;
  /// deadline() has changed.
  std::function<void()> on_deadline;
};

class Plugin {
 public:
  Plugin(boost::asio::io_context& loop, Clock& clock, Log& log, PluginSpec spec,
         const PluginHooks& hooks);
  ~Plugin();
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  const PluginSpec& spec() const;
  const PluginStatus& status() const;
  bool can(std::string_view capability) const;

  /// Also forgives what has failed before.
  void start();
  void stop();
  /// Only a plugin that is unfit or has given up is started.
  void revive();
  /// False: it does not run, or has not read what it was sent before.
  bool send(const Directive& directive);

  std::optional<BootTime> deadline() const;
  void on_due(const Reading& now);

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace nape::host

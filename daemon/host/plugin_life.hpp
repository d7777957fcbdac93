// SPDX-License-Identifier: Apache-2.0
//
// The life cycle of one plugin as a pure machine: it is told what happened and when, and answers
// with the one thing to do about it. It owns no process, clock or timer; Plugin carries its orders
// out and calls on_tick() at deadline().
//
//   stopped -> starting -> running -> (failed) -> backing_off -> starting ...
//                                  -> given_up | unfit | stopped
//
// Boot time runs through suspend, in which a plugin can do nothing: a wait whose end is noticed
// late begins anew.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "core/time.hpp"
#include "host/plugin_status.hpp"

namespace nape::host {

/// How a process ended.
struct Exit {
  bool by_signal = false;
  /// Exit code or signal number.
  int code = 0;
};

class PluginLife {
 public:
  enum class Order { none, spawn, ping, close_input, terminate, kill };

  /// `seed` spreads the back-offs of plugins that fail together.
  PluginLife(const PluginLimits& limits, PluginSpec::Kind kind, unsigned seed);

  /// Wanted, and everything that failed before is forgiven. Also cuts a back-off short, and
  /// restarts what is being stopped as soon as it has ended. Nothing to do for one that runs.
  Order start(BootTime now);
  Order stop(BootTime now);

  /// The spawn that was ordered has been tried.
  void on_spawned(BootTime now);
  void on_not_spawned(BootTime now, const std::string& reason);

  void on_hello(BootTime now);
  /// Any frame: it lives.
  void on_heard(BootTime now);
  void on_pong(BootTime now, std::uint64_t id);
  /// Its output has ended; it should follow.
  void on_output_end(BootTime now);
  /// `own_reason`: what its last health frame said.
  Order on_exit(BootTime now, Exit exit, const std::string& own_reason);

  /// It broke the protocol.
  Order condemn(const std::string& reason);
  /// It never can be right: it is not started again by itself.
  Order refuse(const std::string& reason);

  Order on_tick(BootTime now);
  std::optional<BootTime> deadline() const { return due_; }

  PluginState state() const;
  /// What it says counts: it runs and has not been sentenced.
  bool is_heard() const { return is_alive() && phase_ != Phase::condemned; }
  bool is_stopping() const { return phase_ == Phase::finishing || phase_ == Phase::terminating; }
  const std::string& reason() const { return reason_; }
  /// The fault behind the last `kill`, if it was the machine's own judgement.
  std::optional<PluginFault> fault() const { return fault_; }
  std::uint64_t ping_id() const { return ping_id_; }

 private:
  enum class Phase {
    stopped,
    spawning,
    greeting,     ///< waits for hello
    running,      ///< waits until the next ping is due
    pinged,       ///< waits for the pong
    ending,       ///< its output has ended
    condemned,    ///< killed; waits for the exit
    finishing,    ///< its input is closed
    terminating,  ///< TERM sent
    backing_off,
    given_up,
    unfit,
  };

  bool is_alive() const;
  void enter(Phase phase, std::optional<BootTime> due);
  Order kill(PluginFault fault, const std::string& reason);
  void listen(BootTime now);
  void fail(BootTime now, const std::string& reason);
  Duration back_off();
  Duration wait_of(Phase phase) const;

  PluginLimits limits_;
  PluginSpec::Kind kind_;
  std::minstd_rand random_;
  Phase phase_ = Phase::stopped;
  std::optional<BootTime> due_;
  BootTime spawned_at_{};
  std::string reason_;
  std::optional<PluginFault> fault_;
  std::uint64_t ping_id_ = 0;
  int failures_ = 0;
  int quick_failures_ = 0;
  bool refused_ = false;
  bool start_again_ = false;
};

}  // namespace nape::host

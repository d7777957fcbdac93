// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_life.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nape::host {
namespace {

constexpr int exit_unfit = 69;
// A wait noticed this much too late was slept through, by the machine or by the daemon.
constexpr Duration overslept = std::chrono::seconds(1);

std::string describe(Exit exit) {
  return exit.by_signal ? fmt::format("ended by signal {}", exit.code)
                        : fmt::format("ended by itself with exit code {}", exit.code);
}

std::string seconds_of(Duration span) {
  return fmt::format("{:g} s", std::chrono::duration<double>(span).count());
}

}  // namespace

PluginLife::PluginLife(const PluginLimits& limits, PluginSpec::Kind kind, unsigned seed)
    : limits_(limits), kind_(kind), random_(seed) {}

PluginLife::Order PluginLife::start(BootTime /*now*/) {
  failures_ = 0;
  quick_failures_ = 0;
  if (is_alive()) {
    start_again_ = is_stopping() || refused_;
    return Order::none;
  }
  enter(Phase::spawning, std::nullopt);
  return Order::spawn;
}

PluginLife::Order PluginLife::stop(BootTime now) {
  start_again_ = false;
  if (is_stopping()) return Order::none;
  if (!is_alive()) {
    enter(Phase::stopped, std::nullopt);
    return Order::none;
  }
  reason_.clear();
  enter(Phase::finishing, now + limits_.finish_within);
  return Order::close_input;
}

void PluginLife::on_spawned(BootTime now) {
  spawned_at_ = now;
  fault_.reset();
  refused_ = false;
  enter(Phase::greeting, now + limits_.hello_within);
}

void PluginLife::on_not_spawned(BootTime now, const std::string& reason) {
  spawned_at_ = now;
  fail(now, reason);
}

void PluginLife::on_hello(BootTime now) {
  if (phase_ == Phase::greeting) listen(now);
}

void PluginLife::on_heard(BootTime now) {
  if (phase_ == Phase::running) listen(now);
}

void PluginLife::on_pong(BootTime now, std::uint64_t id) {
  if (phase_ == Phase::pinged && id == ping_id_) listen(now);
}

void PluginLife::on_output_end(BootTime now) {
  if (phase_ == Phase::greeting || phase_ == Phase::running || phase_ == Phase::pinged) {
    enter(Phase::ending, now + limits_.end_within);
  }
}

PluginLife::Order PluginLife::on_exit(BootTime now, Exit exit, const std::string& own_reason) {
  const bool was_condemned = phase_ == Phase::condemned;
  if (start_again_) {
    start_again_ = false;
    enter(Phase::spawning, std::nullopt);
    return Order::spawn;
  }
  if (is_stopping()) {
    enter(Phase::stopped, std::nullopt);
  } else if (refused_) {
    enter(Phase::given_up, std::nullopt);
  } else if (was_condemned) {
    fail(now, reason_);
  } else if (!exit.by_signal && exit.code == exit_unfit) {
    reason_ = own_reason.empty() ? "it cannot run in this session" : own_reason;
    enter(Phase::unfit, std::nullopt);
  } else if (kind_ == PluginSpec::Kind::recording && !exit.by_signal && exit.code == 0) {
    reason_ = "the recording has ended";
    enter(Phase::stopped, std::nullopt);
  } else {
    fault_ = PluginFault::crash;
    fail(now, describe(exit) + (own_reason.empty() ? "" : ": " + own_reason));
  }
  return Order::none;
}

PluginLife::Order PluginLife::condemn(const std::string& reason) {
  if (!is_alive() || is_stopping() || phase_ == Phase::condemned) return Order::none;
  reason_ = reason;
  enter(Phase::condemned, std::nullopt);
  return Order::kill;
}

PluginLife::Order PluginLife::refuse(const std::string& reason) {
  const Order order = condemn(reason);
  if (order == Order::kill) refused_ = true;
  return order;
}

PluginLife::Order PluginLife::on_tick(BootTime now) {
  if (!due_ || now < *due_) return Order::none;
  const bool is_sentence = phase_ != Phase::running && phase_ != Phase::backing_off;
  if (is_sentence && now - *due_ > overslept) {
    due_ = now + wait_of(phase_);
    return Order::none;
  }
  switch (phase_) {
    case Phase::greeting:
      return kill(PluginFault::no_hello,
                  "sent no hello within " + seconds_of(limits_.hello_within));
    case Phase::running:
      ++ping_id_;
      enter(Phase::pinged, now + limits_.pong_within);
      return Order::ping;
    case Phase::pinged:
      return kill(PluginFault::hang, "did not answer within " + seconds_of(limits_.pong_within));
    case Phase::ending:
      return kill(PluginFault::hang, "closed its output and went on");
    case Phase::finishing:
      enter(Phase::terminating, now + limits_.terminate_within);
      return Order::terminate;
    case Phase::terminating:
      due_.reset();
      return Order::kill;
    case Phase::backing_off:
      enter(Phase::spawning, std::nullopt);
      return Order::spawn;
    default:
      due_.reset();
      return Order::none;
  }
}

PluginState PluginLife::state() const {
  switch (phase_) {
    case Phase::spawning:
    case Phase::greeting:
      return PluginState::starting;
    case Phase::running:
    case Phase::pinged:
    case Phase::ending:
    case Phase::finishing:
    case Phase::terminating:
      return PluginState::running;
    case Phase::given_up:
      return PluginState::given_up;
    case Phase::unfit:
      return PluginState::unfit;
    case Phase::stopped:
      return PluginState::stopped;
    case Phase::condemned:
      return refused_ ? PluginState::given_up : PluginState::backing_off;
    case Phase::backing_off:
      break;
  }
  return PluginState::backing_off;
}

bool PluginLife::is_alive() const {
  return phase_ != Phase::stopped && phase_ != Phase::backing_off && phase_ != Phase::given_up &&
         phase_ != Phase::unfit;
}

void PluginLife::enter(Phase phase, std::optional<BootTime> due) {
  phase_ = phase;
  due_ = due;
}

PluginLife::Order PluginLife::kill(PluginFault fault, const std::string& reason) {
  fault_ = fault;
  return condemn(reason);
}

void PluginLife::listen(BootTime now) {
  // Whole seconds, so that this wake-up falls together with others.
  enter(Phase::running, std::chrono::ceil<std::chrono::seconds>(now + limits_.ping_after));
}

void PluginLife::fail(BootTime now, const std::string& reason) {
  reason_ = reason;
  const Duration ran = now - spawned_at_;
  if (ran >= limits_.good_run) failures_ = 0;
  quick_failures_ = ran < limits_.quick_run ? quick_failures_ + 1 : 0;
  ++failures_;
  if (quick_failures_ >= limits_.quick_failures) {
    reason_ = fmt::format("failed {} times in a row, the last time: {}", quick_failures_, reason);
    enter(Phase::given_up, std::nullopt);
    return;
  }
  enter(Phase::backing_off, now + back_off());
}

Duration PluginLife::back_off() {
  constexpr int most_doublings = 20;
  const int doublings = std::min(failures_ - 1, most_doublings);
  const Duration full =
      std::min(limits_.longest_back_off, limits_.first_back_off * (std::int64_t{1} << doublings));
  // Never longer than promised, at most a fifth shorter.
  std::uniform_int_distribution<std::int64_t> part(800, 1000);
  return full * part(random_) / 1000;
}

Duration PluginLife::wait_of(Phase phase) const {
  switch (phase) {
    case Phase::greeting:
      return limits_.hello_within;
    case Phase::pinged:
      return limits_.pong_within;
    case Phase::ending:
      return limits_.end_within;
    case Phase::finishing:
      return limits_.finish_within;
    default:
      return limits_.terminate_within;
  }
}

}  // namespace nape::host

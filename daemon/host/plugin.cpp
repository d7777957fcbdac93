// SPDX-License-Identifier: Apache-2.0
#include "host/plugin.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "host/frame_stream.hpp"
#include "host/log.hpp"
#include "host/plugin_errors.hpp"
#include "host/plugin_life.hpp"
#include "host/plugin_process.hpp"
#include "host/plugin_senses.hpp"
#include "host/translate.hpp"
#include "nape/v1/observation.pb.h"
#include "wire/events.hpp"
#include "wire/frame_reader.hpp"

namespace nape::host {
namespace {

constexpr std::uint32_t protocol_major = 1;

using Order = PluginLife::Order;

}  // namespace

struct Plugin::Inner {
  // What begins anew with every run of the child.
  struct Run {
    Run(const PluginSpec& spec, BootTime now, PluginStatus& status)
        : frames(spec, now, status), errors(spec.limits.stderr_bytes_a_second, now) {}

    FrameStream frames;
    ErrorLines errors;
    std::optional<BootTime> errors_rest_until;
    std::string last_reason;
  };

  Inner(Plugin& plugin, boost::asio::io_context& io, Clock& clock_to_read, Log& log_to_write,
        PluginSpec to_run, const PluginHooks& to_call)
      : self(plugin),
        loop(io),
        clock(clock_to_read),
        log(log_to_write),
        spec(std::move(to_run)),
        hooks(to_call),
        life(spec.limits, spec.kind,
             static_cast<unsigned>(clock.read().now.boot.time_since_epoch().count())) {
    status.name = spec.name;
    status.path = spec.path;
    status.since = clock.read().now;
  }

  // --- carrying out what the machine orders ---

  void obey(Order order, const Reading& now) {
    switch (order) {
      case Order::none:
        break;
      case Order::spawn:
        spawn(now);
        break;
      case Order::ping:
        process->write(ping_frame(life.ping_id()));
        break;
      case Order::close_input:
        process->close_input();
        break;
      case Order::terminate:
        process->signal(SIGTERM);
        break;
      case Order::kill:
        process->signal(SIGKILL);
        break;
    }
    if (order == Order::kill) process->read_output(false);
    tell(now);
  }

  void spawn(const Reading& now) {
    if (has_run) ++status.restarts;
    has_run = true;
    run.emplace(spec, now.now.boot, status);
    auto spawned = PluginProcess::spawn(
        loop, spec,
        {[this](std::string_view bytes) { on_output(bytes); }, [this] { on_output_end(); },
         [this](std::string_view bytes) { on_error_output(bytes); },
         [this](Exit exit) { on_exit(exit); }});
    if (!spawned) {
      life.on_not_spawned(now.now.boot, spawned.error().what);
      log.write_limited(Severity::warning, spec.name,
                        fmt::format("plugin {}: {}", spec.name, spawned.error().what));
      return;
    }
    process = std::move(*spawned);
    status.pid = process->pid();
    life.on_spawned(now.now.boot);
  }

  // Tells the outside when something that it can see has changed.
  void tell(const Reading& now) {
    if (deadline() != told_deadline) {
      told_deadline = deadline();
      hooks.on_deadline();
    }
    const PluginState state = life.state();
    status.reason = life.reason();
    if (state != PluginState::running) has_changed = lose_senses(status) || has_changed;
    if (state != status.state) {
      status.since = now.now;
      const bool is_bad = state == PluginState::given_up || state == PluginState::unfit ||
                          state == PluginState::backing_off;
      log.write_limited(is_bad ? Severity::warning : Severity::info, spec.name,
                        fmt::format("plugin {}: {}{}{}", spec.name, word_for(state),
                                    is_bad ? ": " : "", is_bad ? status.reason : ""));
    } else if (!has_changed) {
      return;
    }
    status.state = state;
    has_changed = false;
    hooks.on_change(self, now);
  }

  void count(PluginFault fault) { ++status.faults[static_cast<std::size_t>(fault)]; }

  void condemn(const FrameStream::Offence& offence, const Reading& now) {
    const Order order = life.condemn(offence.reason);
    if (order != Order::none) count(offence.fault);
    obey(order, now);
  }

  // --- what the child does ---

  void on_output(std::string_view bytes) {
    const Reading now = clock.read();
    const auto offence = run->frames.feed(now.now.boot, bytes, [&](v1::Observation& frame) {
      life.on_heard(now.now.boot);
      act_on(frame, now);
      return life.is_heard();
    });
    if (offence) return condemn(*offence, now);
    if (run->frames.rests_until()) process->read_output(false);
    tell(now);
  }

  void act_on(v1::Observation& frame, const Reading& now) {
    switch (frame.what_case()) {
      case v1::Observation::kHello:
        on_hello(frame.hello(), now);
        return tell(now);
      case v1::Observation::kPong:
        return life.on_pong(now.now.boot, frame.pong().id());
      case v1::Observation::kHealth:
        on_health(frame.health());
        record(frame, now);
        return tell(now);
      case v1::Observation::kAnswer:
        if (const auto answer = answer_of(frame.answer())) hooks.on_answer(now, *answer);
        return;
      case v1::Observation::kMark:
        return hooks.on_mark(now, time_of(frame, now), frame.mark().text());
      default:
        break;
    }
    if (const auto kind = sensor_of(frame); kind && imply_sense(status, *kind)) {
      has_changed = true;
      tell(now);
    }
    record(frame, now);
    for (const Event& event : wire::events_of(frame)) {
      hooks.on_event(self, now, time_of(frame, now), event);
    }
  }

  void on_hello(const v1::Hello& hello, const Reading& now) {
    if (hello.protocol_major() != protocol_major) {
      count(PluginFault::protocol);
      return obey(life.refuse(fmt::format("speaks protocol {}, and naped speaks protocol {}",
                                          hello.protocol_major(), protocol_major)),
                  now);
    }
    status.version = hello.version();
    status.capabilities.assign(hello.capabilities().begin(), hello.capabilities().end());
    promise_senses(status);
    has_changed = true;
    life.on_hello(now.now.boot);
  }

  void on_health(const v1::Health& health) {
    if (health.state() != v1::Health::STATE_GOOD) run->last_reason = health.reason();
    if (const auto sense = sense_of(health)) {
      has_changed = learn_sense(status, sense->first, sense->second) || has_changed;
    }
  }

  void record(v1::Observation& frame, const Reading& now) {
    if (!hooks.on_record) return;
    frame.set_wall_ms(time_of(frame, now).wall.time_since_epoch().count());
    hooks.on_record(wire::framed(frame.SerializeAsString()));
  }

  Instant time_of(const v1::Observation& frame, const Reading& now) const {
    const BootTime boot{Duration(frame.boot_ms())};
    if (spec.kind == PluginSpec::Kind::recording)
      return {boot, WallTime(Duration(frame.wall_ms()))};
    return now.now.at(boot);
  }

  void on_output_end() {
    const Reading now = clock.read();
    life.on_output_end(now.now.boot);
    tell(now);
  }

  void on_error_output(std::string_view bytes) {
    const Reading now = clock.read();
    for (const std::string& line : run->errors.feed(bytes)) say(line);
    if (run->errors.is_too_much(now.now.boot)) {
      run->errors_rest_until = now.now.boot + std::chrono::seconds(1);
      process->read_error_output(false);
      tell(now);
    }
  }

  void say(const std::string& line) {
    log.write_limited(Severity::info, "messages of plugin " + spec.name,
                      fmt::format("plugin {} says: {}", spec.name, line));
  }

  void on_exit(Exit exit) {
    const Reading now = clock.read();
    if (const std::string line = run->errors.rest(); !line.empty()) say(line);
    process.reset();
    status.pid = 0;
    const Order order = life.on_exit(now.now.boot, exit, run->last_reason);
    if (life.fault() == PluginFault::crash) count(PluginFault::crash);
    has_changed = true;
    obey(order, now);
  }

  // --- time ---

  std::optional<BootTime> deadline() const {
    std::optional<BootTime> earliest = life.deadline();
    const auto consider = [&](const std::optional<BootTime>& other) {
      if (other && (!earliest || *other < *earliest)) earliest = other;
    };
    if (run && life.is_heard()) {
      consider(run->frames.rests_until());
      consider(run->errors_rest_until);
    }
    return earliest;
  }

  void on_due(const Reading& now) {
    const auto has_come = [&](const std::optional<BootTime>& due) {
      return due && now.now.boot >= *due;
    };
    if (run && life.is_heard() && has_come(run->frames.rests_until())) {
      run->frames.resume();
      process->read_output(true);
    }
    if (run && life.is_heard() && has_come(run->errors_rest_until)) {
      run->errors_rest_until.reset();
      process->read_error_output(true);
    }
    const Order order = life.on_tick(now.now.boot);
    if (order == Order::kill && !life.is_stopping() && life.fault()) count(*life.fault());
    obey(order, now);
  }

  Plugin& self;
  boost::asio::io_context& loop;
  Clock& clock;
  Log& log;
  PluginSpec spec;
  const PluginHooks& hooks;
  PluginLife life;
  PluginStatus status;
  std::optional<Run> run;
  std::unique_ptr<PluginProcess> process;
  bool has_run = false;
  bool has_changed = false;
  std::optional<BootTime> told_deadline;
};

Plugin::Plugin(boost::asio::io_context& loop, Clock& clock, Log& log, PluginSpec spec,
               const PluginHooks& hooks)
    : inner_(std::make_unique<Inner>(*this, loop, clock, log, std::move(spec), hooks)) {}

Plugin::~Plugin() = default;

const PluginSpec& Plugin::spec() const { return inner_->spec; }

const PluginStatus& Plugin::status() const { return inner_->status; }

bool Plugin::can(std::string_view capability) const {
  const auto& known = inner_->status.capabilities;
  return inner_->status.state == PluginState::running &&
         std::find(known.begin(), known.end(), capability) != known.end();
}

void Plugin::start() {
  const Reading now = inner_->clock.read();
  inner_->obey(inner_->life.start(now.now.boot), now);
}

void Plugin::stop() {
  const Reading now = inner_->clock.read();
  inner_->obey(inner_->life.stop(now.now.boot), now);
}

void Plugin::revive() {
  const PluginState state = inner_->life.state();
  if (state == PluginState::unfit || state == PluginState::given_up) start();
}

bool Plugin::send(const Directive& directive) {
  if (inner_->status.state != PluginState::running || inner_->life.is_stopping()) return false;
  return inner_->process->write(frame_of(directive));
}

std::optional<BootTime> Plugin::deadline() const { return inner_->deadline(); }

void Plugin::on_due(const Reading& now) { inner_->on_due(now); }

}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
#include "host/plugin.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "host/frame_gate.hpp"
#include "host/frame_reader.hpp"
#include "host/log.hpp"
#include "host/plugin_errors.hpp"
#include "host/plugin_life.hpp"
#include "host/plugin_process.hpp"
#include "host/translate.hpp"
#include "nape/v1/observation.pb.h"

namespace nape::host {
namespace {

constexpr std::uint32_t protocol_major = 1;

using Order = PluginLife::Order;

}  // namespace

struct Plugin::Inner {
  // What begins anew with every run of the child.
  struct Run {
    Run(const PluginSpec& spec, BootTime now, FaultCounts& faults)
        : gate(spec.limits, spec.kind, now, faults),
          errors(spec.limits.stderr_bytes_a_second, now) {}

    FrameReader reader;
    FrameGate gate;
    FloodWatch flood;
    ErrorLines errors;
    std::optional<BootTime> output_rests_until;
    std::optional<BootTime> errors_rest_until;
    bool is_greeted = false;
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
    run.emplace(spec, now.now.boot, status.faults);
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
    if (state != PluginState::running) lose_senses();
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

  void lose_senses() {
    for (std::optional<Sense>& sense : status.senses) {
      if (!sense || sense->state == SensorState::lost) continue;
      *sense = {SensorState::lost, status.reason};
      has_changed = true;
    }
  }

  void count(PluginFault fault) { ++status.faults[static_cast<std::size_t>(fault)]; }

  void condemn(PluginFault fault, const std::string& reason, const Reading& now) {
    const Order order = life.condemn(reason);
    if (order != Order::none) count(fault);
    obey(order, now);
  }

  // --- what the child does ---

  void on_output(std::string_view bytes) {
    const Reading now = clock.read();
    run->reader.feed(bytes);
    while (const auto frame = run->reader.next()) {
      if (!run->gate.take_frame(now.now.boot)) {
        on_flood(now);
        break;
      }
      on_frame(*frame, now);
      if (!life.is_heard()) break;
    }
    if (run->reader.fault() == FrameReader::Fault::malformed) {
      condemn(PluginFault::garbage, "wrote bytes that are no frames", now);
    } else if (run->reader.fault() == FrameReader::Fault::oversize) {
      condemn(PluginFault::oversize, "wrote a frame of more than 64 KiB", now);
    }
    tell(now);
  }

  void on_flood(const Reading& now) {
    count(PluginFault::flood);
    status.dropped += 1 + run->reader.skip_whole_frames();
    const auto rest = run->flood.on_flood(now.now.boot, spec.limits.flood_seconds);
    if (!rest) {
      obey(life.condemn("wrote too many frames for too long"), now);
      return;
    }
    run->output_rests_until = rest;
    process->read_output(false);
  }

  void on_frame(std::string_view bytes, const Reading& now) {
    ++status.frames;
    v1::Observation frame;
    const Parsed parsed = parse_observation(bytes, frame);
    if (parsed == Parsed::garbage) {
      return condemn(PluginFault::garbage, "wrote a frame that is no observation", now);
    }
    if (parsed == Parsed::bad_text) {
      count(PluginFault::text);
      ++status.dropped;
      return;
    }
    if (!run->is_greeted && !frame.has_hello()) {
      return condemn(PluginFault::garbage, "its first frame is no hello", now);
    }
    if (!run->gate.admit(now.now.boot, frame)) {
      ++status.dropped;
      return;
    }
    life.on_heard(now.now.boot);
    act_on(frame, now);
  }

  void act_on(v1::Observation& frame, const Reading& now) {
    switch (frame.what_case()) {
      case v1::Observation::kHello:
        return on_hello(frame.hello(), now);
      case v1::Observation::kPong:
        return life.on_pong(now.now.boot, frame.pong().id());
      case v1::Observation::kHealth:
        on_health(frame.health());
        return record(frame, now);
      case v1::Observation::kAnswer:
        if (const auto answer = answer_of(frame.answer())) hooks.on_answer(now, *answer);
        return;
      case v1::Observation::kMark:
        return hooks.on_mark(now, time_of(frame, now), frame.mark().text());
      default:
        break;
    }
    if (const auto kind = sensor_of(frame)) imply(*kind, now);
    record(frame, now);
    for (const Event& event : events_of(frame)) {
      hooks.on_event(self, now, time_of(frame, now), event);
    }
  }

  void on_hello(const v1::Hello& hello, const Reading& now) {
    if (run->is_greeted) {
      count(PluginFault::misplaced);
      ++status.dropped;
      return;
    }
    if (hello.protocol_major() != protocol_major) {
      count(PluginFault::protocol);
      return obey(life.refuse(fmt::format("speaks protocol {}, and naped speaks protocol {}",
                                          hello.protocol_major(), protocol_major)),
                  now);
    }
    run->is_greeted = true;
    status.version = hello.version();
    status.capabilities.assign(hello.capabilities().begin(), hello.capabilities().end());
    status.senses = {};
    // What it promises it sees, until it says otherwise.
    for (const std::string& capability : status.capabilities) {
      const auto kind = sensor_named(capability);
      if (kind) status.senses[static_cast<std::size_t>(*kind)] = Sense{SensorState::good, {}};
    }
    has_changed = true;
    life.on_hello(now.now.boot);
  }

  void on_health(const v1::Health& health) {
    if (health.state() != v1::Health::STATE_GOOD) run->last_reason = health.reason();
    const auto sense = sense_of(health);
    if (!sense) return;
    auto& known = status.senses[static_cast<std::size_t>(sense->first)];
    has_changed = has_changed || known != sense->second;
    known = sense->second;
  }

  // What it tells it evidently sees, promised or not.
  void imply(SensorKind kind, const Reading& now) {
    auto& sense = status.senses[static_cast<std::size_t>(kind)];
    if (sense) return;
    sense = Sense{SensorState::good, {}};
    has_changed = true;
    tell(now);
  }

  void record(v1::Observation& frame, const Reading& now) {
    if (!hooks.on_record) return;
    frame.set_wall_ms(time_of(frame, now).wall.time_since_epoch().count());
    hooks.on_record(framed(frame.SerializeAsString()));
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
      consider(run->output_rests_until);
      consider(run->errors_rest_until);
    }
    return earliest;
  }

  void on_due(const Reading& now) {
    const auto has_come = [&](std::optional<BootTime>& due) {
      if (!run || !life.is_heard() || !due || now.now.boot < *due) return false;
      due.reset();
      return true;
    };
    if (has_come(run->output_rests_until)) process->read_output(true);
    if (has_come(run->errors_rest_until)) process->read_error_output(true);
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

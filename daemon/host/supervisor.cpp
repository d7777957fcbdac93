// SPDX-License-Identifier: Apache-2.0
#include "host/supervisor.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <csignal>
#include <optional>
#include <utility>

#include "core/words.hpp"
#include "host/frame_gate.hpp"
#include "host/log.hpp"
#include "host/plugin.hpp"
#include "host/timers.hpp"

namespace nape::host {
namespace {

constexpr std::array<Stage, stage_count> all_stages{Stage::nudge, Stage::prompt, Stage::overlay,
                                                    Stage::lock};

using Plugins = std::vector<std::unique_ptr<Plugin>>;

bool is_actuator(const Plugin& plugin) {
  return std::ranges::any_of(all_stages, [&](Stage stage) { return plugin.can(word_for(stage)); });
}

// The first of those that see this kind best; none: it is nobody's business.
const Plugin* best_for(const Plugins& plugins, std::size_t kind) {
  const Plugin* best = nullptr;
  for (const auto& plugin : plugins) {
    const auto& sense = plugin->status().senses[kind];
    if (!sense) continue;
    if (best == nullptr || sense->state > best->status().senses[kind]->state) best = plugin.get();
  }
  return best;
}

}  // namespace

struct Supervisor::Inner : std::enable_shared_from_this<Inner> {
  Inner(boost::asio::io_context& io, Clock& clock_to_read, Log& log_to_write,
        SupervisorHooks to_call)
      : loop(io),
        clock(clock_to_read),
        log(log_to_write),
        hooks(std::move(to_call)),
        timer(io, [this] { on_due(); }) {
    plugin_hooks = {
        [this](Plugin& plugin, const Reading& now, Instant at, const Event& event) {
          on_event(plugin, now, at, event);
        },
        [this](const Reading& now, const Answer& answer) { hooks.on_answer(now, answer); },
        [this](const Reading& now, Instant at, const std::string& line) {
          hooks.on_mark(now, at, line);
        },
        hooks.on_record,
        [this](Plugin&, const Reading& now) { on_change(now); },
        [this] { rearm(); }};
  }

  void run(const std::vector<PluginSpec>& wanted) {
    Plugins before = std::move(plugins);
    plugins.clear();
    std::vector<Plugin*> to_start;
    for (const PluginSpec& spec : wanted) {
      const auto same = std::ranges::find_if(before, [&](const auto& plugin) {
        return plugin && plugin->spec().name == spec.name && plugin->spec().same_command(spec);
      });
      const bool is_kept = same != before.end();
      plugins.push_back(is_kept ? std::move(*same)
                                : std::make_unique<Plugin>(loop, clock, log, spec, plugin_hooks));
      to_start.push_back(plugins.back().get());
    }
    for (auto& plugin : before) {
      if (plugin) leaving.push_back(std::move(plugin));
    }
    tell_changes(clock.read());
    for (const auto& plugin : leaving) plugin->stop();
    for (Plugin* plugin : to_start) plugin->start();
    sweep();
  }

  void on_event(const Plugin& plugin, const Reading& now, Instant at, const Event& event) {
    // Two that tell the same keys would count them twice.
    const bool is_input = std::holds_alternative<InputTally>(event);
    if (is_input || std::holds_alternative<WindowChanged>(event)) {
      const SensorKind kind = is_input ? SensorKind::input : SensorKind::window;
      if (best_for(plugins, static_cast<std::size_t>(kind)) != &plugin) return;
    }
    hooks.on_event(now, at, event);
  }

  void on_change(const Reading& now) {
    tell_changes(now);
    if (hooks.on_status) hooks.on_status();
    sweep();
  }

  void tell_changes(const Reading& now) {
    for (std::size_t kind = 0; kind < sensor_kind_count; ++kind) {
      const Plugin* best = best_for(plugins, kind);
      const SensorState state =
          best == nullptr ? SensorState::lost : best->status().senses[kind]->state;
      if (std::exchange(told_senses[kind], state) == state) continue;
      hooks.on_event(now, now.now, SensorHealth{static_cast<SensorKind>(kind), state});
    }
    for (const Stage stage : all_stages) {
      const bool reachable = std::ranges::any_of(
          plugins, [&](const auto& plugin) { return plugin->can(word_for(stage)); });
      auto& told = told_reach[static_cast<std::size_t>(stage)];
      if (std::exchange(told, reachable) == reachable) continue;
      hooks.on_event(now, now.now, StageReach{stage, reachable});
    }
  }

  // Later, as it may be called from within a plugin that has just stopped.
  void sweep() {
    if (is_sweeping || (leaving.empty() && !on_stopped)) return;
    is_sweeping = true;
    boost::asio::post(loop, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->sweep_now();
    });
  }

  void sweep_now() {
    is_sweeping = false;
    const auto is_stopped = [](const auto& plugin) {
      return plugin->status().state == PluginState::stopped && plugin->status().pid == 0;
    };
    std::erase_if(leaving, is_stopped);
    if (!on_stopped || !leaving.empty() || !std::ranges::all_of(plugins, is_stopped)) return;
    timer.disarm();
    std::exchange(on_stopped, nullptr)();
  }

  void rearm() {
    std::optional<BootTime> earliest;
    for (const Plugins* some : {&plugins, &leaving}) {
      for (const auto& plugin : *some) {
        const auto due = plugin->deadline();
        if (due && (!earliest || *due < *earliest)) earliest = due;
      }
    }
    if (earliest) {
      timer.arm(*earliest);
    } else {
      timer.disarm();
    }
  }

  void on_due() {
    const Reading now = clock.read();
    for (const Plugins* some : {&plugins, &leaving}) {
      for (const auto& plugin : *some) plugin->on_due(now);
    }
    rearm();
  }

  boost::asio::io_context& loop;
  Clock& clock;
  Log& log;
  SupervisorHooks hooks;
  PluginHooks plugin_hooks;
  BootTimer timer;
  Plugins plugins;
  Plugins leaving;
  std::array<std::optional<SensorState>, sensor_kind_count> told_senses;
  std::array<std::optional<bool>, stage_count> told_reach;
  std::function<void()> on_stopped;
  bool is_sweeping = false;
};

Supervisor::Supervisor(boost::asio::io_context& loop, Clock& clock, Log& log, SupervisorHooks hooks)
    : inner_(std::make_shared<Inner>(loop, clock, log, std::move(hooks))) {
  std::signal(SIGPIPE, SIG_IGN);
  silence_protobuf();
}

Supervisor::~Supervisor() = default;

void Supervisor::run(const std::vector<PluginSpec>& wanted) { inner_->run(wanted); }

void Supervisor::session_changed() {
  for (const auto& plugin : inner_->plugins) plugin->revive();
}

void Supervisor::stop(std::function<void()> on_stopped) {
  inner_->on_stopped = std::move(on_stopped);
  for (const auto& plugin : inner_->plugins) plugin->stop();
  inner_->sweep();
}

bool Supervisor::send(const Directive& directive) {
  const auto* showing = std::get_if<Showing>(&directive);
  bool taken = false;
  for (const auto& plugin : inner_->plugins) {
    const bool fits =
        showing != nullptr ? plugin->can(word_for(showing->stage)) : is_actuator(*plugin);
    taken = (fits && plugin->send(directive)) || taken;
    if (taken && showing != nullptr) break;
  }
  return taken;
}

std::vector<PluginStatus> Supervisor::status() const {
  std::vector<PluginStatus> statuses;
  for (const auto& plugin : inner_->plugins) statuses.push_back(plugin->status());
  return statuses;
}

}  // namespace nape::host

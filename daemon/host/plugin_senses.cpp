// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_senses.hpp"

#include "host/translate.hpp"

namespace nape::host {
namespace {

std::optional<Sense>& sense_in(PluginStatus& status, SensorKind kind) {
  return status.senses[static_cast<std::size_t>(kind)];
}

}  // namespace

bool promise_senses(PluginStatus& status) {
  const auto before = status.senses;
  status.senses = {};
  for (const std::string& capability : status.capabilities) {
    const auto kind = sensor_named(capability);
    if (kind) sense_in(status, *kind) = Sense{SensorState::good, {}};
  }
  return status.senses != before;
}

bool learn_sense(PluginStatus& status, SensorKind kind, const Sense& sense) {
  auto& known = sense_in(status, kind);
  if (known == sense) return false;
  known = sense;
  return true;
}

bool imply_sense(PluginStatus& status, SensorKind kind) {
  return !sense_in(status, kind) && learn_sense(status, kind, Sense{SensorState::good, {}});
}

bool lose_senses(PluginStatus& status) {
  bool has_changed = false;
  for (std::optional<Sense>& sense : status.senses) {
    if (!sense || sense->state == SensorState::lost) continue;
    *sense = {SensorState::lost, status.reason};
    has_changed = true;
  }
  return has_changed;
}

}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
#include "scenario/world.hpp"

namespace nape::scenario {

void World::remember(const Event& event) {
  if (const auto* locked = std::get_if<Locked>(&event)) locked_ = locked->on;
  if (const auto* lid = std::get_if<Lid>(&event)) lid_closed_ = lid->closed;
  if (const auto* remote = std::get_if<Remote>(&event)) remote_ = remote->on;
  if (const auto* window = std::get_if<WindowChanged>(&event)) window_ = *window;
  if (const auto* signal = std::get_if<Signal>(&event))
    signals_[static_cast<std::size_t>(signal->kind)] = signal->on;
  if (const auto* health = std::get_if<SensorHealth>(&event)) {
    sensors_[static_cast<std::size_t>(health->kind)] = health->state;
  }
  if (const auto* setup = std::get_if<SetupChanged>(&event)) {
    if (setup->display != Display::unknown) setup_.display = setup->display;
    if (setup->keyboard != Keyboard::unknown) setup_.keyboard = setup->keyboard;
  }
}

std::vector<Event> World::statements() const {
  std::vector<Event> told;
  for (std::size_t i = 0; i < sensors_.size(); ++i) {
    told.emplace_back(SensorHealth{static_cast<SensorKind>(i), sensors_[i]});
  }
  told.emplace_back(setup_);
  told.emplace_back(Lid{lid_closed_});
  told.emplace_back(Locked{locked_});
  told.emplace_back(Remote{remote_});
  for (std::size_t i = 0; i < signals_.size(); ++i) {
    told.emplace_back(Signal{static_cast<SignalKind>(i), signals_[i]});
  }
  told.emplace_back(window_);
  return told;
}

}  // namespace nape::scenario

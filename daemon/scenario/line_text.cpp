// SPDX-License-Identifier: Apache-2.0
#include "scenario/line_text.hpp"

#include "config/span_text.hpp"
#include "core/words.hpp"

namespace nape::scenario {

std::optional<std::string> line_text(const word::Start& word) { return "user start " + word.kind; }
std::optional<std::string> line_text(const word::Postpone& word) {
  return "user postpone " + word.kind;
}
std::optional<std::string> line_text(const word::Skip& word) { return "user skip " + word.kind; }
std::optional<std::string> line_text(const word::Exit& word) { return "user exit " + word.kind; }

std::optional<std::string> line_text(const word::Pause& word) {
  return word.length ? "user pause " + config::duration_text(*word.length)
                     : std::string("user pause");
}

std::optional<std::string> line_text(const word::Resume&) { return "user resume"; }

std::optional<std::string> line_text(const word::Was& word) {
  const bool away = word.what == word::Was::What::away;
  return std::string("user was ") + (away ? "away " : "reading ") +
         config::duration_text(word.length);
}

std::optional<std::string> line_text(const word::Reading& word) {
  return word.on ? "user reading on" : "user reading off";
}
std::optional<std::string> line_text(const word::Desk& word) {
  return word.standing ? "user desk stand" : "user desk sit";
}

std::optional<std::string> line_text(const SensorHealth& health) {
  const bool lost = health.state == SensorState::lost;
  return "sensor " + std::string(word_for(health.kind)) + (lost ? " lost" : " back");
}

std::string line_text(const Restart& restart) {
  auto text = std::string("restart");
  if (restart.down > Duration::zero()) text += " down " + config::duration_text(restart.down);
  if (restart.reboot) text += " reboot";
  return text;
}

}  // namespace nape::scenario

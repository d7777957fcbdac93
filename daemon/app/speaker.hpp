// SPDX-License-Identifier: Apache-2.0
//
// Between the engine and the actuators: turns its wishes into directives, and the answers into the
// person's words.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/policy.hpp"
#include "host/plugin_directive.hpp"

namespace nape::app {

class Speaker {
 public:
  struct Parts {
    /// False: no actuator took it.
    std::function<bool(const host::Directive&)> send;
    std::function<const BreakKind*(const std::string&)> kind;
    /// The clock's text for when a kind would be due again if the person stayed: "11:35".
    std::function<std::string(const std::string& kind)> next_at;
    /// Why an actuator cannot show anything now; empty: it can.
    std::function<void(const std::string&)> on_obstacle;
  };

  explicit Speaker(Parts parts) : parts_(std::move(parts)) {}

  void carry_out(const Effects& effects);
  /// The word that an answer stands for; none where it only tells.
  std::optional<Event> word_of(const host::Answer& answer);

 private:
  void show(const BreakStage& stage);
  void withdraw(const std::string& kind);
  void welcome_back();
  void explain(const std::string& kind);
  void send(host::Showing showing, const std::string& about);

  Parts parts_;
  std::uint64_t last_id_ = 0;
  /// What the showings still on the screen are about, by id.
  std::map<std::uint64_t, std::string> shown_;
  std::map<std::string, Why> why_;
  /// What is due and on the screen, by kind.
  std::map<std::string, BreakStage> last_stage_;
  /// A rest that is over, to be told when the person is back.
  std::optional<BreakEnded> rested_;
  bool is_back_ = true;
};

}  // namespace nape::app

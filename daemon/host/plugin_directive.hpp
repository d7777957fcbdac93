// SPDX-License-Identifier: Apache-2.0
//
// What the daemon asks of an actuator and what comes back, without protobuf: the plain twins of
// directive.proto.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/policy.hpp"
#include "core/time.hpp"

namespace nape::host {

struct Button {
  /// "start", "postpone", "skip", "why", "exit".
  std::string key;
  std::string label;
};

/// Put this on the screen, in place of what is shown under the same subject.
struct Showing {
  std::uint64_t id = 0;
  std::string subject;
  Stage stage = Stage::nudge;
  std::string title;
  std::string body;
  std::vector<Button> buttons;
  bool stay = false;
  /// Zero: as the desktop does.
  Duration expire{};
};

/// Take it off.
struct Removal {
  std::string subject;
};

using Directive = std::variant<Showing, Removal>;

struct Answer {
  enum class What { delivered, undelivered, chosen, closed };
  std::uint64_t id = 0;
  What what = What::closed;
  /// The key of the chosen button, or why it could not be delivered.
  std::string text;
};

}  // namespace nape::host

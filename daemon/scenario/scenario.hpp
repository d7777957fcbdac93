// SPDX-License-Identifier: Apache-2.0
//
// A scenario: a recording that people can read and write (design section 12). This is its parsed
// form, line by line; timeline.hpp plays it. The format is documented in daemon/scenario/README.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/diagnostic.hpp"
#include "core/event.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace nape::scenario {

/// A tally in every second of a span.
struct Active {
  Duration length{};
  InputCounts counts;
};
struct Input {
  InputCounts counts;
};
struct Sleep {
  Duration length{};
};
struct StepClock {
  Duration by{};
};
struct Restart {
  Duration down{};
  bool reboot = false;
};
/// The daemon dies and is started again at once: what was not committed is lost.
struct Kill {};
struct UsePolicy {
  std::string name;
};
/// A check-in lives outside the engine: accepted, and nothing comes of it here.
struct CheckIn {};

/// An Event stands for itself: sensors' statements and the person's words.
using Action =
    std::variant<Event, Active, Input, Sleep, StepClock, Restart, Kill, UsePolicy, CheckIn>;

struct Line {
  int number = 0;
  Duration offset{};
  Action action;
  /// The line after its offset, for recordings.
  std::string text;
};

struct Expectation {
  int number = 0;
  Duration offset{};
  std::string event;
  std::map<std::string, std::string> fields;
  std::string text;
};

struct Scenario {
  std::string file;
  WallTime start{};
  std::string zone = "UTC";
  std::string policy = "default";
  /// By offset; lines at one offset in the order written.
  std::vector<Line> lines;
  std::optional<std::vector<Expectation>> expected;
};

/// All errors at once, each with its line. `file` names the text in them.
config::Loaded<Scenario> parse(std::string_view text, const std::string& file);
config::Loaded<Scenario> load(const std::string& file);

/// One action without its offset, as a recording's mark holds it.
Result<Action> parse_action(std::string_view text);

/// How long the line's effect on time lasts.
Duration span_of(const Action& action);

}  // namespace nape::scenario

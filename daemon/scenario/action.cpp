// SPDX-License-Identifier: Apache-2.0
//
// The verbs of a scenario line.
#include <array>
#include <functional>
#include <span>

#include "config/categories.hpp"
#include "core/words.hpp"
#include "scenario/scenario.hpp"
#include "scenario/words_of_line.hpp"

namespace nape::scenario {
namespace {

using Words = std::span<const std::string_view>;
using Read = Result<Action>;

Error wrong(std::string_view what, std::string_view right) {
  return {"\"" + std::string(what) + "\" is not understood; right would be: " + std::string(right)};
}

constexpr std::string_view tally_form = "keys=N clicks=N scroll=N motion=N touch=N";

Result<InputCounts> counts_from(Words words) {
  InputCounts counts;
  for (const auto word : words) {
    const auto pair = pair_from(word);
    const auto number = pair ? count_from(pair->second) : std::nullopt;
    if (!number) return wrong(word, tally_form);
    if (pair->first == "keys") {
      counts.keys = *number;
    } else if (pair->first == "clicks") {
      counts.clicks = *number;
    } else if (pair->first == "scroll") {
      counts.scroll = *number;
    } else if (pair->first == "motion") {
      counts.motion = *number;
    } else if (pair->first == "touch") {
      counts.touch = *number;
    } else {
      return wrong(word, tally_form);
    }
  }
  // "active 20m" alone means somebody who types.
  if (words.empty()) counts.keys = 1;
  return counts;
}

Read active(Words words) {
  const auto length = words.empty() ? std::nullopt : signed_length_from(words[0]);
  if (!length || *length <= Duration::zero())
    return wrong(words.empty() ? "active" : words[0], "active 20m keys=4");
  auto counts = counts_from(words.subspan(1));
  if (!counts) return std::move(counts).error();
  return Action(Active{*length, *counts});
}

Read input(Words words) {
  auto counts = counts_from(words);
  if (!counts) return std::move(counts).error();
  return Action(Input{*counts});
}

Read window(Words words) {
  WindowChanged window;
  for (const auto word : words) {
    const auto pair = pair_from(word);
    if (word == "fullscreen") {
      window.fullscreen = true;
    } else if (pair && pair->first == "app") {
      window.application = pair->second;
    } else {
      return wrong(word, "window app=firefox [fullscreen]");
    }
  }
  window.category = window.application.empty() ? "" : config::category_for(window.application);
  return Action(Event(window));
}

/// One of two words.
std::optional<bool> either(Words words, std::string_view yes, std::string_view no) {
  if (words.size() != 1 || (words[0] != yes && words[0] != no)) return std::nullopt;
  return words[0] == yes;
}

Read signal(Words words) {
  const auto kind = words.size() == 2 ? from_word<SignalKind>(words[0]) : std::nullopt;
  const auto on = words.size() == 2 ? either(words.subspan(1), "on", "off") : std::nullopt;
  if (!kind || !on)
    return wrong("signal", "signal mic|camera|screencast|playback|inhibit|dnd on|off");
  return Action(Event(Signal{*kind, *on}));
}

Read lid(Words words) {
  const auto closed = either(words, "closed", "open");
  if (!closed) return wrong("lid", "lid closed|open");
  return Action(Event(Lid{*closed}));
}

Read remote(Words words) {
  const auto on = either(words, "on", "off");
  if (!on) return wrong("remote", "remote on|off");
  return Action(Event(Remote{*on}));
}

Read suspend(Words words) {
  const auto length = words.size() == 1 ? signed_length_from(words[0]) : std::nullopt;
  if (!length || *length <= Duration::zero()) return wrong("suspend", "suspend 2h");
  return Action(Sleep{*length});
}

Read display(Words words) {
  const auto display = words.size() == 1 ? from_word<Display>(words[0]) : std::nullopt;
  if (!display || *display == Display::unknown)
    return wrong("display", "display laptop|external|both|none");
  return Action(Event(SetupChanged{*display, Keyboard::unknown}));
}

Read keyboard(Words words) {
  const auto keyboard = words.size() == 1 ? from_word<Keyboard>(words[0]) : std::nullopt;
  if (!keyboard || *keyboard == Keyboard::unknown)
    return wrong("keyboard", "keyboard builtin|external");
  return Action(Event(SetupChanged{Display::unknown, *keyboard}));
}

Read clock_step(Words words) {
  const auto by = words.size() == 1 ? signed_length_from(words[0]) : std::nullopt;
  if (!by) return wrong("clock", "clock +1h, or clock -30m");
  return Action(StepClock{*by});
}

Read sensor(Words words) {
  const auto kind = words.size() == 2 ? from_word<SensorKind>(words[0]) : std::nullopt;
  const auto lost = words.size() == 2 ? either(words.subspan(1), "lost", "back") : std::nullopt;
  if (!kind || !lost) return wrong("sensor", "sensor input|window|session|media lost|back");
  return Action(Event(SensorHealth{*kind, *lost ? SensorState::lost : SensorState::good}));
}

Read restart(Words words) {
  Restart restart;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto down = words[i] == "down" && i + 1 < words.size() ? signed_length_from(words[i + 1])
                                                                 : std::nullopt;
    if (words[i] == "reboot") {
      restart.reboot = true;
    } else if (down && *down >= Duration::zero()) {
      restart.down = *down;
      ++i;
    } else {
      return wrong(words[i], "restart [down 3d] [reboot]");
    }
  }
  return Action(restart);
}

Read policy(Words words) {
  if (words.size() != 1) return wrong("policy", "policy gentle, or a file");
  return Action(UsePolicy{std::string(words[0])});
}

constexpr std::string_view user_form =
    "user start|postpone|skip|exit KIND, pause [1h], resume, was away|reading 12m, reading on|off, "
    "desk stand|sit, "
    "checkin REGION 0..10";

Read user_was(Words words) {
  const auto away = words.size() == 2 ? either(words.first(1), "away", "reading") : std::nullopt;
  const auto length = words.size() == 2 ? signed_length_from(words[1]) : std::nullopt;
  if (!away || !length || *length <= Duration::zero()) return wrong("user was", user_form);
  return Action(
      Event(word::Was{*away ? word::Was::What::away : word::Was::What::reading, *length}));
}

Read user_pause(Words words) {
  if (words.empty()) return Action(Event(word::Pause{}));
  const auto length = signed_length_from(words[0]);
  if (words.size() != 1 || !length || *length <= Duration::zero())
    return wrong("user pause", user_form);
  return Action(Event(word::Pause{*length}));
}

Read user(Words words) {
  if (words.empty()) return wrong("user", user_form);
  const auto verb = words[0];
  const auto rest = words.subspan(1);
  if (rest.size() == 1) {
    const std::string kind(rest[0]);
    if (verb == "start") return Action(Event(word::Start{kind}));
    if (verb == "postpone") return Action(Event(word::Postpone{kind}));
    if (verb == "skip") return Action(Event(word::Skip{kind}));
    if (verb == "exit") return Action(Event(word::Exit{kind}));
  }
  if (verb == "pause") return user_pause(rest);
  if (verb == "resume" && rest.empty()) return Action(Event(word::Resume{}));
  if (verb == "was") return user_was(rest);
  if (const auto on = either(rest, "on", "off"); verb == "reading" && on)
    return Action(Event(word::Reading{*on}));
  if (const auto up = either(rest, "stand", "sit"); verb == "desk" && up)
    return Action(Event(word::Desk{*up}));
  if (verb == "checkin" && !rest.empty()) return Action(CheckIn{});
  return wrong(verb, user_form);
}

Read bare(Words words, std::string_view verb, Action action) {
  if (!words.empty()) return wrong(words[0], verb);
  return action;
}

struct Verb {
  std::string_view name;
  std::function<Read(Words)> read;
};

const std::array<Verb, 18>& verbs() {
  static const std::array<Verb, 18> all{{
      {"active", active},
      {"input", input},
      {"window", window},
      {"signal", signal},
      {"lock", [](Words w) { return bare(w, "lock", Event(Locked{true})); }},
      {"unlock", [](Words w) { return bare(w, "unlock", Event(Locked{false})); }},
      {"suspend", suspend},
      {"lid", lid},
      {"remote", remote},
      {"display", display},
      {"keyboard", keyboard},
      {"clock", clock_step},
      {"sensor", sensor},
      {"restart", restart},
      {"kill", [](Words w) { return bare(w, "kill", Kill{}); }},
      {"policy", policy},
      {"user", user},
      // The end of a scenario may be a moment at which nothing happens.
      {"end", [](Words w) { return bare(w, "end", Event(Tick{})); }},
  }};
  return all;
}

}  // namespace

Result<Action> parse_action(std::string_view text) {
  const auto words = words_of(text);
  if (words.empty()) return Error{"a line needs a verb after its offset"};
  std::string known;
  for (const auto& verb : verbs()) {
    if (verb.name == words[0]) return verb.read(Words(words).subspan(1));
    known.append(known.empty() ? "" : ", ").append(verb.name);
  }
  return wrong(words[0], known);
}

Duration span_of(const Action& action) {
  if (const auto* active = std::get_if<Active>(&action)) return active->length;
  if (const auto* sleep = std::get_if<Sleep>(&action)) return sleep->length;
  if (const auto* restart = std::get_if<Restart>(&action)) return restart->down;
  return Duration::zero();
}

}  // namespace nape::scenario

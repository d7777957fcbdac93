// SPDX-License-Identifier: Apache-2.0
#include "cli/phrases.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "cli/times.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

struct Phrase {
  std::string_view word;
  const char* phrase;
};

std::string look_up(std::span<const Phrase> phrases, const std::string& word) {
  for (const Phrase& one : phrases) {
    if (one.word == word) return tr(one.phrase);
  }
  return word;
}

constexpr std::array presence_there{
    Phrase{"input", "At the computer"},
    Phrase{"quiet", "At the computer, quiet"},
    Phrase{"call", "In a call"},
    Phrase{"playback", "Watching or listening"},
    Phrase{"reading", "Reading, as you said"},
    Phrase{"standing", "Standing, as you said"},
};
constexpr std::array presence_away{
    Phrase{"quiet", "Away"},
    Phrase{"lock", "Away, the screen is locked"},
    Phrase{"suspend", "Away, the computer sleeps"},
    Phrase{"lid", "Away, the lid is closed"},
    Phrase{"off", "Away, the computer was off"},
    Phrase{"corrected", "Away, as you said"},
    Phrase{"limit", "Away"},
};
constexpr std::array presence_unknown{
    Phrase{"start", "Not known yet"},
    Phrase{"limit", "Not known: no input for so long that it could be either"},
    Phrase{"sensor", "Not known: input cannot be seen"},
    Phrase{"downtime", "Not known: Nape was not running"},
};
constexpr std::array holds{
    Phrase{"call", "a call"},
    Phrase{"screencast", "a shared screen"},
    Phrase{"fullscreen", "a full screen"},
    Phrase{"dnd", "do not disturb"},
    Phrase{"pause", "your pause"},
    Phrase{"quiet", "quiet hours"},
    Phrase{"typing", "a pause in typing"},
};
constexpr std::array ends{
    Phrase{"quiet", "left"},
    Phrase{"lock", "screen locked"},
    Phrase{"suspend", "computer slept"},
    Phrase{"lid", "lid closed"},
    Phrase{"off", "computer off"},
    Phrase{"sensor", "out of sight"},
    Phrase{"limit", "no input for long"},
    Phrase{"downtime", "Nape not running"},
    Phrase{"standing", "stood up"},
    Phrase{"corrected", "as you said"},
};
constexpr std::array outcomes{
    Phrase{"taken", "taken"},         Phrase{"natural", "by itself"}, Phrase{"partial", "in part"},
    Phrase{"postponed", "postponed"}, Phrase{"skipped", "skipped"},   Phrase{"exit", "left"},
};
constexpr std::array setups{
    Phrase{"unknown", "set-up not known"},
    Phrase{"laptop", "bare laptop"},
    Phrase{"laptop_keyboard", "laptop with a keyboard"},
    Phrase{"external", "external screen"},
};
constexpr std::array sensors{
    Phrase{"input", "keys and pointer"},      Phrase{"window", "the program in front"},
    Phrase{"session", "lock, sleep and lid"}, Phrase{"media", "calls and playback"},
    Phrase{"setup", "screens and keyboards"},
};
constexpr std::array plugin_states{
    Phrase{"starting", "starting"},
    Phrase{"running", "running"},
    Phrase{"backing_off", "will be restarted"},
    Phrase{"given_up", "given up"},
    Phrase{"unfit", "does not fit this session"},
    Phrase{"stopped", "stopped"},
};

std::string silent_phrase(const v1::Kind& kind, const char* until, const char* without) {
  return kind.has_silent_until_unix_seconds()
             ? say(tr(until), clock(kind.silent_until_unix_seconds()))
             : tr(without);
}

std::string counting_phrase(const v1::Kind& kind, double now) {
  if (kind.daily_budget()) return say("{0} left today", passed(kind.until_due_seconds()));
  if (!kind.has_next_unix_seconds())
    return say("due after {0} more", ahead(kind.until_due_seconds()));
  return say("due in {0}, at {1}", ahead(kind.next_unix_seconds() - now),
             clock(kind.next_unix_seconds()));
}

}  // namespace

std::string presence_phrase(const std::string& state, const std::string& reason) {
  if (state == "away") return look_up(presence_away, reason);
  if (state == "unknown") return look_up(presence_unknown, reason);
  return look_up(presence_there, reason);
}

Tone presence_tone(const std::string& state) {
  if (state == "away") return Tone::calm;
  return state == "unknown" ? Tone::due : Tone::strong;
}

std::string hold_phrase(const std::string& reason) { return look_up(holds, reason); }
std::string end_phrase(const std::string& reason) { return look_up(ends, reason); }
std::string outcome_phrase(const std::string& outcome) { return look_up(outcomes, outcome); }
std::string setup_phrase(const std::string& setup) { return look_up(setups, setup); }
std::string sensor_phrase(const std::string& sensor) { return look_up(sensors, sensor); }
std::string plugin_state_phrase(const std::string& state) { return look_up(plugin_states, state); }

std::string kind_phrase(const v1::Kind& kind, double now_unix_seconds) {
  const std::string& verdict = kind.verdict();
  if (verdict == "begun")
    return say("break: {0} of {1}", exactly(kind.rested_seconds()),
               exactly(kind.rested_seconds() + kind.owed_rest_seconds()));
  if (verdict == "closed") return tr("outside its hours");
  if (verdict == "unknown") return tr("stands still: cannot see");
  if (verdict == "merged") return say("goes with {0}", kind.because());
  if (verdict == "postponed") return silent_phrase(kind, "due, again at {0}", "due, postponed");
  if (verdict == "silenced") return silent_phrase(kind, "due, silent until {0}", "due, silent");
  if (verdict == "held") return say("due, waits for {0}", hold_phrase(kind.because()));
  if (kind.due() && kind.daily_budget()) return tr("today's time is used up");
  if (kind.due()) return say("due: up for {0}", exactly(kind.owed_rest_seconds()));
  if (verdict == "resting" && kind.owed_seconds() <= 0) return tr("rested");
  return counting_phrase(kind, now_unix_seconds);
}

std::string budget_phrase(const v1::Kind& kind) {
  std::string text;
  if (kind.postpones_left() > 0) {
    const auto count = static_cast<unsigned long>(kind.postpones_left());
    text = say(ngettext("{0} postponement", "{0} postponements", count), count);
  }
  if (kind.skips_left() > 0) {
    const auto count = static_cast<unsigned long>(kind.skips_left());
    const std::string skips = say(ngettext("{0} skip", "{0} skips", count), count);
    text = text.empty() ? skips : say("{0} and {1}", text, skips);
  }
  return text.empty() ? text : say("{0} left", text);
}

Tone kind_tone(const v1::Kind& kind) {
  if (kind.verdict() == "begun") return Tone::calm;
  return kind.due() ? Tone::due : Tone::accent;
}

double kind_share(const v1::Kind& kind) {
  if (kind.verdict() == "begun") {
    const double whole = kind.rested_seconds() + kind.owed_rest_seconds();
    return whole > 0 ? kind.rested_seconds() / whole : 1;
  }
  if (kind.every_seconds() <= 0) return 0;
  return std::clamp(kind.owed_seconds() / kind.every_seconds(), 0.0, 1.0);
}

}  // namespace nape::cli

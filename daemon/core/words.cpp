// SPDX-License-Identifier: Apache-2.0
#include "core/words.hpp"

#include <algorithm>
#include <array>

namespace nape {
namespace {

// In the order of the enumerators.
constexpr std::array of_words{"use", "sitting"};
constexpr std::array credit_words{"whole", "proportional"};
constexpr std::array stage_words{"nudge", "prompt", "overlay", "lock"};
constexpr std::array hold_words{"call",  "screencast", "fullscreen", "dnd",
                                "pause", "quiet",      "typing"};
constexpr std::array insist_words{"halt", "reset", "ignore"};
constexpr std::array presence_words{"active", "present", "away", "unknown"};
constexpr std::array confidence_words{"low", "medium", "high"};
constexpr std::array reason_words{"start",   "input",  "quiet",    "call",     "playback",
                                  "reading", "limit",  "lock",     "suspend",  "lid",
                                  "off",     "sensor", "downtime", "standing", "corrected"};
constexpr std::array setup_words{"unknown", "laptop", "laptop_keyboard", "external"};
constexpr std::array outcome_words{"taken", "natural", "partial", "postponed", "skipped", "exit"};
constexpr std::array verdict_words{"accruing", "resting",   "unknown", "closed",
                                   "waiting",  "prompting", "held",    "postponed",
                                   "silenced", "merged",    "begun"};
constexpr std::array refusal_words{"no_such_kind", "not_due", "no_budget", "already_begun",
                                   "not_begun",    "no_gap",  "only_tells"};
constexpr std::array signal_words{"mic", "camera", "screencast", "playback", "inhibit", "dnd"};
constexpr std::array sensor_words{"input", "window", "session", "media", "setup"};
constexpr std::array sensor_state_words{"lost", "degraded", "good"};
constexpr std::array display_words{"unknown", "laptop", "external", "both", "none"};
constexpr std::array keyboard_words{"unknown", "builtin", "external"};

template <class Enum, class List>
std::optional<Enum> find_in(const List& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

// The two directions of one list, for each enumeration.
#define NAPE_WORDS(Enum, list)                                                               \
  std::string_view word_for(Enum value) { return list.at(static_cast<std::size_t>(value)); } \
  template <>                                                                                \
  std::optional<Enum> from_word<Enum>(std::string_view word) {                               \
    return find_in<Enum>(list, word);                                                        \
  }

NAPE_WORDS(Of, of_words)
NAPE_WORDS(Credit, credit_words)
NAPE_WORDS(Stage, stage_words)
NAPE_WORDS(HoldReason, hold_words)
NAPE_WORDS(Insist, insist_words)
NAPE_WORDS(PresenceState, presence_words)
NAPE_WORDS(Confidence, confidence_words)
NAPE_WORDS(PresenceReason, reason_words)
NAPE_WORDS(SetupKind, setup_words)
NAPE_WORDS(Outcome, outcome_words)
NAPE_WORDS(Verdict, verdict_words)
NAPE_WORDS(Refusal, refusal_words)
NAPE_WORDS(SignalKind, signal_words)
NAPE_WORDS(SensorKind, sensor_words)
NAPE_WORDS(SensorState, sensor_state_words)
NAPE_WORDS(Display, display_words)
NAPE_WORDS(Keyboard, keyboard_words)

#undef NAPE_WORDS

}  // namespace nape

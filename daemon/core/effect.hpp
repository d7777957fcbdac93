// SPDX-License-Identifier: Apache-2.0
//
// Everything the engine can want of the world. An effect is a fact or a wish, already decided:
// whoever carries it out (store, actuators, replay's printer) adds no judgement. Effects are listed
// in the order in which they must be carried out; those for which is_durable() holds are committed
// before anything later in the list is sent.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/event.hpp"
#include "core/policy.hpp"
#include "core/time.hpp"

namespace nape {

enum class PresenceState { active, present, away, unknown };
enum class Confidence { low, medium, high };
/// Why the state is what it is; also why a stretch ended.
enum class PresenceReason {
  start,     ///< nothing is known yet
  input,     ///< input within the use gap
  quiet,     ///< no input: present up to the sitting gap, away beyond it
  call,      ///< microphone or camera in use
  playback,  ///< something plays on an unlocked screen
  reading,   ///< the person said so
  limit,     ///< evidence without input has lasted too long
  lock,
  suspend,
  lid,        ///< closed, and no external display
  off,        ///< the machine was off
  sensor,     ///< the input sensor is lost
  downtime,   ///< the daemon was not running
  standing,   ///< the person said so: ends a sitting stretch, not the presence
  corrected,  ///< `nape was away`
};

enum class SetupKind { unknown, laptop, laptop_keyboard, external };

struct PresenceChanged {
  PresenceState state = PresenceState::unknown;
  PresenceReason reason = PresenceReason::start;
  Confidence confidence = Confidence::low;
  /// Until when the state before really lasted.
  Instant until;
};

struct StretchBegan {
  Instant at;
};

/// A finished sitting stretch with everything it was made of. All durations are confirmed time.
struct Stretch {
  Instant begin;
  Instant end;
  /// Local day on which it began.
  std::int32_t day = 0;
  PresenceReason reason = PresenceReason::quiet;
  /// The piece running at 180, 300 and 600 s when the 300 s stretch ended; [1] is end - begin.
  std::array<Duration, 3> band{};
  Duration use_30{};
  Duration use_60{};
  Duration by_input{};
  Duration by_passive{};
  InputCounts counts;
  bool counts_measured = true;
  std::map<std::string, Duration> categories;
  std::map<std::string, Duration> applications;
  std::array<Duration, 4> setups{};  ///< indexed by SetupKind

  Duration length() const { return end.boot - begin.boot; }
};

struct StretchEnded {
  Stretch stretch;
};

struct BreakDue {
  std::string kind;
};

/// A rung of the ladder has been reached.
struct BreakStage {
  std::string kind;
  Stage stage = Stage::nudge;
  bool stay = false;
  /// False: no actuator can show it; decided and logged all the same.
  bool reachable = true;
  /// What a sentence needs: rest still owed, the running stretch, what is left of the budgets.
  Duration owed_rest{};
  Duration stretch{};
  int postpones_left = 0;
  int skips_left = 0;
  Duration postpone_length{};
};

struct BreakHeld {
  std::string kind;
  HoldReason reason = HoldReason::call;
};

struct BreakBegan {
  std::string kind;
  /// Backdated to the last input where it began by itself.
  Instant at;
  bool by_itself = false;
};

enum class Outcome { taken, natural, partial, postponed, skipped, exit };
inline constexpr std::size_t outcome_count = 6;

struct BreakEnded {
  std::string kind;
  Outcome outcome = Outcome::taken;
  /// The rest that was taken, and how much of `every` it paid.
  Instant begin;
  Duration rested{};
  Duration paid{};
  /// Still owed of `every`.
  Duration owed{};
  /// Local day on which it began.
  std::int32_t day = 0;
};

/// What is on the screen about this kind is moot.
struct Withdraw {
  std::string kind;
};

/// The verdict on a kind at this moment, written whenever it changes.
enum class Verdict {
  accruing,   ///< not due; owed grows while the person is there
  resting,    ///< not due; nobody there, or rest is paying
  unknown,    ///< cannot see: neither accrues nor pays
  closed,     ///< outside its `when`
  waiting,    ///< due, but nobody is confirmed to be there
  prompting,  ///< due; the ladder runs
  held,       ///< due; a hold defers it
  postponed,  ///< due; the person postponed it
  silenced,   ///< due; skipped or exited, silent for every/2
  merged,     ///< a longer kind speaks for it
  begun,      ///< its break is running
};

/// One entry of the why-log: the verdict and the numbers it was made from.
struct Why {
  std::string kind;
  Verdict verdict = Verdict::accruing;
  /// Hold reason, merged-into kind, stage or presence reason, as fits the verdict.
  std::string because;
  Duration owed{};
  Duration every{};
  Duration overdue{};
  Duration since_proof{};
  PresenceState presence = PresenceState::unknown;
};

/// A sentence worth saying once; `about` is a key of the message catalogue.
struct Advice {
  std::string about;
};

/// The person's word could not be followed.
enum class Refusal {
  no_such_kind,
  not_due,    ///< nothing to postpone, skip or leave
  no_budget,  ///< postponed or skipped as often as the policy allows
  already_begun,
  not_begun,
  no_gap,      ///< nothing to correct
  only_tells,  ///< a daily budget knows no break
};
struct Refused {
  Refusal why = Refusal::no_such_kind;
  std::string kind;
};

/// Input without a gap of thresholds::span_gap, for the store. Emitted when it is closed.
struct InputSpan {
  Instant begin;
  Instant end;
  InputCounts counts;
  bool measured = true;
  /// Pauses inside it, by length: from 1, 2, 4 and 8 s up to the next. Longer ones stand between
  /// spans.
  std::array<std::uint32_t, 4> pauses{};
  /// Local day on which it began.
  std::int32_t day = 0;
};

/// A state that lasted, for the store. `what` is a word of SignalKind, "lock", "suspend", "lid",
/// "remote", "off" or "blind".
struct SignalSpan {
  std::string what;
  Instant begin;
  Instant end;
};

/// An application in front, while sitting.
struct WindowSpan {
  std::string application;
  std::string category;
  bool fullscreen = false;
  Instant begin;
  Instant end;
};

/// A new local day: budgets are refilled.
struct DayBegan {
  std::int32_t day = 0;
};

using Effect = std::variant<PresenceChanged, StretchBegan, StretchEnded, BreakDue, BreakStage,
                            BreakHeld, BreakBegan, BreakEnded, Withdraw, Why, Advice, Refused,
                            InputSpan, SignalSpan, WindowSpan, DayBegan>;
using Effects = std::vector<Effect>;

/// Must be on disk before what follows it is sent, so that a crash neither loses nor doubles it.
bool is_durable(const Effect& effect);

}  // namespace nape

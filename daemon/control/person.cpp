// SPDX-License-Identifier: Apache-2.0
#include "control/person.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "voice/tr.hpp"

namespace nape::control {
namespace {

constexpr double longest_pause_seconds = 7 * 24 * 3600.0;
constexpr double longest_correction_seconds = 24 * 3600.0;

/// Not for infinities, which JSON cannot carry but protobuf reads all the same, nor for what is no
/// number.
std::optional<Duration> length_of(double seconds, double longest) {
  if (!std::isfinite(seconds) || seconds <= 0 || seconds > longest) return std::nullopt;
  return Duration(std::llround(seconds * 1000));
}

std::string kinds_of(const Snapshot& snapshot) {
  std::string names;
  for (const KindStatus& kind : snapshot.kinds) names += (names.empty() ? "" : ", ") + kind.name;
  return names.empty() ? tr("none") : names;
}

Problem no_such_kind(const Snapshot& snapshot) {
  return {Code::not_found,
          say("The policy has no break of this name. It has: {0}.", kinds_of(snapshot))};
}

/// The first kind that fits, those that speak to the person before those that wait.
const KindStatus* due_kind(const Snapshot& snapshot) {
  const KindStatus* found = nullptr;
  for (const KindStatus& kind : snapshot.kinds) {
    if (!kind.due || kind.daily_budget) continue;
    if (kind.verdict == Verdict::prompting) return &kind;
    if (found == nullptr) found = &kind;
  }
  return found;
}

const KindStatus* begun_kind(const Snapshot& snapshot) {
  const auto begun = std::find_if(snapshot.kinds.begin(), snapshot.kinds.end(),
                                  [](const KindStatus& kind) { return kind.begun.has_value(); });
  return begun == snapshot.kinds.end() ? nullptr : &*begun;
}

const KindStatus* longest_kind(const Snapshot& snapshot) {
  const KindStatus* longest = nullptr;
  for (const KindStatus& kind : snapshot.kinds) {
    if (!kind.daily_budget && (longest == nullptr || kind.length > longest->length))
      longest = &kind;
  }
  return longest;
}

const KindStatus* meant_kind(const std::string& action, const Snapshot& snapshot) {
  if (action == "exit") {
    if (const KindStatus* begun = begun_kind(snapshot)) return begun;
  }
  const KindStatus* due = due_kind(snapshot);
  return due == nullptr && action == "start" ? longest_kind(snapshot) : due;
}

std::optional<Event> event_of(const std::string& action, const std::string& kind) {
  if (action == "start") return word::Start{kind};
  if (action == "postpone") return word::Postpone{kind};
  if (action == "skip") return word::Skip{kind};
  if (action == "exit") return word::Exit{kind};
  return std::nullopt;
}

}  // namespace

Word word_of(const v1::BreakRequest& request, const Snapshot& snapshot) {
  if (!event_of(request.action(), {})) {
    return Problem{Code::invalid_argument,
                   tr("action must be \"start\", \"postpone\", \"skip\" or \"exit\".")};
  }
  if (!request.kind().empty()) {
    const auto named = [&](const KindStatus& kind) { return kind.name == request.kind(); };
    if (std::none_of(snapshot.kinds.begin(), snapshot.kinds.end(), named))
      return no_such_kind(snapshot);
    return *event_of(request.action(), request.kind());
  }
  const KindStatus* kind = meant_kind(request.action(), snapshot);
  if (kind == nullptr) return Problem{Code::failed_precondition, tr("No break is due.")};
  return *event_of(request.action(), kind->name);
}

Word word_of(const v1::PauseRequest& request) {
  if (!request.has_length_seconds()) return Event{word::Pause{std::nullopt}};
  const auto length = length_of(request.length_seconds(), longest_pause_seconds);
  if (!length)
    return Problem{Code::invalid_argument,
                   tr("length_seconds must be above 0 and at most a week.")};
  return Event{word::Pause{length}};
}

Word word_of(const v1::WasRequest& request) {
  const auto length = length_of(request.length_seconds(), longest_correction_seconds);
  if (!length)
    return Problem{Code::invalid_argument, tr("length_seconds must be above 0 and at most a day.")};
  if (request.what() == "away") return Event{word::Was{word::Was::What::away, *length}};
  if (request.what() == "reading") return Event{word::Was{word::Was::What::reading, *length}};
  return Problem{Code::invalid_argument, tr("what must be \"away\" or \"reading\".")};
}

Problem problem_of(const Refused& refused, const Snapshot& snapshot) {
  const auto no = [](std::string sentence) {
    return Problem{Code::failed_precondition, std::move(sentence)};
  };
  switch (refused.why) {
    case Refusal::no_such_kind:
      return no_such_kind(snapshot);
    case Refusal::not_due:
      return no(say("{0} is not due.", refused.kind));
    case Refusal::no_budget:
      return no(say("{0} has been put off as often as the policy allows.", refused.kind));
    case Refusal::already_begun:
      return no(say("{0} has begun already.", refused.kind));
    case Refusal::not_begun:
      return no(say("{0} has not begun.", refused.kind));
    case Refusal::no_gap:
      return no(tr("There is no gap without input that this could correct."));
    case Refusal::only_tells:
      return no(say("{0} is a budget for the day: it only tells.", refused.kind));
  }
  return no(tr("This cannot be done now."));
}

}  // namespace nape::control

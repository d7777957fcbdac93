// SPDX-License-Identifier: Apache-2.0
#include "app/sentences.hpp"

#include "voice/tr.hpp"

namespace nape::app {

std::string length_text(Duration length) {
  const auto total = std::chrono::round<std::chrono::seconds>(length).count();
  const auto hours = total / 3600;
  const auto minutes = total / 60 % 60;
  const auto seconds = total % 60;
  if (hours > 0) return minutes > 0 ? say("{0} h {1} min", hours, minutes) : say("{0} h", hours);
  if (minutes > 0)
    return seconds > 0 ? say("{0} min {1} s", minutes, seconds) : say("{0} min", minutes);
  return say("{0} s", seconds);
}

std::string prompt_title(const BreakStage& stage, const BreakKind& kind) {
  const auto rest = length_text(stage.owed_rest);
  if (kind.daily_budget) return say("{0} at the computer today.", length_text(kind.every));
  if (kind.of == Of::use)
    return say("{0} of keyboard and mouse. Hands off for {1}?", length_text(kind.every), rest);
  // Whole minutes, where there are some: nobody's sitting is known to the second.
  const auto longest = std::max(stage.stretch, kind.every);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(longest);
  const auto sat = length_text(minutes > Duration::zero() ? minutes : longest);
  return say("{0} at the computer. Up for {1}?", sat, rest);
}

std::string prompt_body(const BreakStage& stage, const BreakKind& kind) {
  if (kind.daily_budget) return "";
  if (stage.owed_rest < kind.length)
    return say("{0} of {1} are left.", length_text(stage.owed_rest), length_text(kind.length));
  return "";
}

std::string start_label() { return tr("Start"); }

std::string postpone_label(Duration length, int left) {
  if (left == 1) return say("In {0}, last one", length_text(length));
  return say("In {0}, {1} left", length_text(length), left);
}

std::string skip_label(int left) { return left == 1 ? tr("Skip, last one today") : tr("Skip"); }

std::string why_label() { return tr("Why?"); }

std::string return_title(const BreakEnded& ended) {
  return say("{0}, that paid {1}.", length_text(ended.rested), length_text(ended.paid));
}

std::string return_body(const std::string& next_at) { return say("Next at {0}.", next_at); }

std::optional<std::string> advice_text(const std::string& about) {
  if (about == "lock_counts") {
    return tr(
        "If you walk away, lock the screen: then a minute or more counts as rest. Without a lock, "
        "a short walk "
        "looks like reading.");
  }
  return std::nullopt;
}

std::string why_text(const Why& why, const BreakKind& kind) {
  const auto grown = length_text(why.owed);
  const auto every = length_text(why.every);
  auto text = kind.of == Of::use
                  ? say("{0} of use since the last rest; due at {1}.", grown, every)
                  : say("{0} of sitting since the last rest; due at {1}.", grown, every);
  if (why.overdue > Duration::zero()) text += " " + say("Due for {0}.", length_text(why.overdue));
  return text;
}

}  // namespace nape::app

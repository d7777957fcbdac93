// SPDX-License-Identifier: Apache-2.0
//
// Input spans and signal spans: the raw material that the store keeps, from which minutes, days,
// pauses and every what-if derive. A span is emitted when it is closed; the open ones are shown for
// the store's checkpoint.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/time.hpp"

namespace nape {

class Spans {
 public:
  /// Input that counts, at `at`; closes the span before it when the gap is thresholds::span_gap or
  /// more.
  void on_input(const InputTally& tally, const Instant& at, std::int32_t day, Effects& out);
  /// Counts that begin nothing (jitter): they join an open span.
  void on_jitter(const InputTally& tally);
  /// A state called `what` began or ended.
  void on_state(const std::string& what, bool on, const Instant& now, Effects& out);
  /// Nothing that was open is known to have gone on.
  void close_all(const Instant& at, Effects& out);

  const std::optional<InputSpan>& open_input() const { return input_; }
  std::vector<SignalSpan> open_signals(const Instant& now) const;

 private:
  void close_input(Effects& out);

  std::optional<InputSpan> input_;
  std::map<std::string, Instant> states_;
};

}  // namespace nape

// SPDX-License-Identifier: Apache-2.0
#include "core/spans.hpp"

#include <bit>

#include "core/thresholds.hpp"

namespace nape {

void Spans::on_input(const InputTally& tally, const Instant& at, std::int32_t day, Effects& out) {
  if (input_) {
    const auto gap = at.boot - input_->end.boot;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(gap).count();
    if (gap >= thresholds::span_gap || day != input_->day) {
      close_input(out);
    } else if (seconds >= 1) {
      ++input_->pauses[static_cast<std::size_t>(
          std::bit_width(static_cast<std::uint64_t>(seconds)) - 1)];
    }
  }
  if (!input_) {
    input_.emplace();
    input_->begin = at;
    input_->day = day;
  }
  input_->end = at;
  if (tally.measured) input_->counts += tally.counts;
  input_->measured = input_->measured && tally.measured;
}

void Spans::on_jitter(const InputTally& tally) {
  if (input_ && tally.measured) input_->counts += tally.counts;
}

void Spans::close_input(Effects& out) {
  if (!input_) return;
  out.emplace_back(*input_);
  input_.reset();
}

void Spans::on_state(const std::string& what, bool on, const Instant& now, Effects& out) {
  const auto open = states_.find(what);
  if (on && open == states_.end()) {
    states_.emplace(what, now);
  } else if (!on && open != states_.end()) {
    out.emplace_back(SignalSpan{what, open->second, now});
    states_.erase(open);
  }
}

void Spans::close_all(const Instant& at, Effects& out) {
  close_input(out);
  for (const auto& [what, begin] : states_) out.emplace_back(SignalSpan{what, begin, at});
  states_.clear();
}

std::vector<SignalSpan> Spans::open_signals(const Instant& now) const {
  std::vector<SignalSpan> open;
  for (const auto& [what, begin] : states_) open.push_back({what, begin, now});
  return open;
}

}  // namespace nape

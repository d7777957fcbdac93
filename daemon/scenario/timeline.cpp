// SPDX-License-Identifier: Apache-2.0
#include "scenario/timeline.hpp"

#include <algorithm>

namespace nape::scenario {

Timeline::Timeline(const Scenario& scenario) : scenario_(scenario) {
  for (std::size_t i = 0; i < scenario.lines.size(); ++i) {
    const auto& line = scenario.lines[i];
    due_.push({line.offset, i});
    end_ = std::max(end_, line.offset + span_of(line.action));
  }
}

Instant Timeline::end() const { return instant(end_); }

Result<std::optional<Moment>> Timeline::next() {
  while (!due_.empty()) {
    const auto due = due_.top();
    due_.pop();
    if (auto moment = moment_of(due)) return moment;
  }
  return std::optional<Moment>();
}

std::optional<Moment> Timeline::moment_of(const Due& due) {
  const auto& line = scenario_.lines[due.line];
  const auto at = instant(due.at);
  const bool asleep = due.at < asleep_until_;
  if (const auto* active = std::get_if<Active>(&line.action)) {
    const auto next = due.at + std::chrono::seconds(1);
    if (next < line.offset + active->length) due_.push({next, due.line});
    if (asleep) return std::nullopt;
    return Moment{at, Event(InputTally{active->counts, at.boot})};
  }
  if (const auto* sleep = std::get_if<Sleep>(&line.action)) {
    if (due.closing) return Moment{at, Event(Suspended{false})};
    asleep_until_ = due.at + sleep->length;
    due_.push({asleep_until_, due.line, true});
    return Moment{at, Event(Suspended{true})};
  }
  if (const auto* input = std::get_if<Input>(&line.action))
    return Moment{at, Event(InputTally{input->counts, at.boot})};
  if (const auto* step = std::get_if<StepClock>(&line.action)) {
    stepped_ += step->by;
    return Moment{instant(due.at), *step};
  }
  if (const auto* event = std::get_if<Event>(&line.action)) return Moment{at, *event};
  if (const auto* restart = std::get_if<Restart>(&line.action)) return Moment{at, *restart};
  if (std::holds_alternative<Kill>(line.action)) return Moment{at, Kill{}};
  if (const auto* policy = std::get_if<UsePolicy>(&line.action)) return Moment{at, *policy};
  return std::nullopt;  // a check-in: nothing of it concerns the engine
}

}  // namespace nape::scenario

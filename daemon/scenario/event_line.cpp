// SPDX-License-Identifier: Apache-2.0
#include "scenario/event_line.hpp"

#include <cstdlib>

#include "calendar/rfc3339.hpp"
#include "core/text.hpp"
#include "core/words.hpp"

namespace nape::scenario {
namespace {

/// Builds the line of one effect; effects that only the store needs give none.
class LineMaker {
 public:
  LineMaker(const Instant& start, const Instant& at, std::vector<EventLine>& lines)
      : start_(start), at_(at), lines_(lines) {}

  void operator()(const PresenceChanged& e) {
    begin("presence.changed");
    word("state", word_for(e.state));
    word("reason", word_for(e.reason));
    word("confidence", word_for(e.confidence));
    moment("until_s", e.until);
  }
  void operator()(const StretchBegan& e) {
    begin("stretch.began");
    moment("since_s", e.at);
  }
  void operator()(const StretchEnded& e) {
    begin("stretch.ended");
    seconds("seconds", e.stretch.length());
    const auto& band = e.stretch.band;
    field("band", "[" + json_seconds(band[0]) + "," + json_seconds(band[1]) + "," +
                      json_seconds(band[2]) + "]");
    moment("until_s", e.stretch.end);
    word("reason", word_for(e.stretch.reason));
    seconds("use_s", e.stretch.use_30);
    seconds("passive_s", e.stretch.by_passive);
  }
  void operator()(const BreakDue& e) {
    begin("break.due");
    word("kind", e.kind);
  }
  void operator()(const BreakStage& e) {
    begin("break.stage");
    word("kind", e.kind);
    word("stage", word_for(e.stage));
    field("stay", e.stay ? "true" : "false");
    seconds("rest_s", e.owed_rest);
    field("postpones_left", std::to_string(e.postpones_left));
    field("skips_left", std::to_string(e.skips_left));
  }
  void operator()(const BreakHeld& e) {
    begin("break.held");
    word("kind", e.kind);
    word("reason", word_for(e.reason));
  }
  void operator()(const BreakBegan& e) {
    begin("break.began");
    word("kind", e.kind);
    moment("since_s", e.at);
  }
  void operator()(const BreakEnded& e) {
    begin("break.ended");
    word("kind", e.kind);
    word("outcome", word_for(e.outcome));
    seconds("rested_s", e.rested);
    seconds("paid_s", e.paid);
    seconds("owed_s", e.owed);
  }
  void operator()(const Advice& e) {
    begin("advice");
    word("about", e.about);
  }
  void operator()(const Refused& e) {
    begin("user.refused");
    word("reason", word_for(e.why));
    if (!e.kind.empty()) word("kind", e.kind);
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void begin(std::string_view event) { lines_.push_back({at_, at_.boot - start_.boot, event, {}}); }
  void field(std::string_view name, std::string json) {
    lines_.back().fields.emplace_back(name, std::move(json));
  }
  void word(std::string_view name, std::string_view text) { field(name, json_quoted(text)); }
  void seconds(std::string_view name, Duration duration) { field(name, json_seconds(duration)); }
  void moment(std::string_view name, const Instant& when) {
    seconds(name, when.boot - start_.boot);
  }

  const Instant& start_;
  const Instant& at_;
  std::vector<EventLine>& lines_;
};

}  // namespace

std::vector<EventLine> lines_of(const Instant& start, const Instant& at, const Effects& effects) {
  std::vector<EventLine> lines;
  LineMaker maker(start, at, lines);
  for (const auto& effect : effects) std::visit(maker, effect);
  return lines;
}

std::string json_seconds(Duration duration) {
  const auto count = duration.count();
  auto text = std::string(count < 0 ? "-" : "") + std::to_string(std::abs(count) / 1000);
  if (count % 1000 == 0) return text;
  auto decimals = std::to_string(1000 + std::abs(count) % 1000).substr(1);
  while (decimals.back() == '0') decimals.pop_back();
  return text + "." + decimals;
}

std::string EventLine::json(const calendar::Zone& zone) const {
  auto line = "{\"t\":" + json_quoted(calendar::rfc3339(at.wall, zone)) +
              ",\"offset_s\":" + json_seconds(offset) + ",\"event\":" + json_quoted(event);
  for (const auto& [name, value] : fields)
    line.append(",\"").append(name).append("\":").append(value);
  return line + "}";
}

std::string EventLine::text(const calendar::Zone& zone) const {
  auto line = calendar::rfc3339(at.wall, zone) + "  " + std::string(event);
  for (const auto& [name, value] : fields) {
    const bool quoted = value.starts_with('"');
    line.append("  ").append(name).append("=").append(quoted ? value.substr(1, value.size() - 2)
                                                             : value);
  }
  return line;
}

}  // namespace nape::scenario

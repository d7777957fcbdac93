// SPDX-License-Identifier: Apache-2.0
#include "effect_text.hpp"

#include <sstream>

#include "core/words.hpp"

namespace nape::life {
namespace {

class EffectText {
 public:
  void operator()(const PresenceChanged& e) {
    say("presence", word_for(e.state), word_for(e.reason), word_for(e.confidence), e.until);
  }
  void operator()(const StretchBegan& e) { say("stretch began", e.at); }
  void operator()(const StretchEnded& e) {
    const auto& s = e.stretch;
    say("stretch ended", s.begin, s.end, s.day, word_for(s.reason), s.band[0], s.band[1], s.band[2],
        s.use_30, s.use_60, s.by_input, s.by_passive, s.counts.keys, s.counts.motion);
    for (const auto& [name, time] : s.applications) say(name, time);
  }
  void operator()(const BreakDue& e) { say("due", e.kind); }
  void operator()(const BreakStage& e) {
    say("stage", e.kind, word_for(e.stage), e.stay, e.reachable, e.owed_rest, e.postpones_left,
        e.skips_left);
  }
  void operator()(const BreakHeld& e) { say("held", e.kind, word_for(e.reason)); }
  void operator()(const BreakBegan& e) { say("began", e.kind, e.at, e.by_itself); }
  void operator()(const BreakEnded& e) {
    say("ended", e.kind, word_for(e.outcome), e.begin, e.rested, e.paid, e.owed, e.day);
  }
  void operator()(const Withdraw& e) { say("withdraw", e.kind); }
  void operator()(const Why& e) {
    say("why", e.kind, word_for(e.verdict), e.because, e.owed, e.every, e.overdue);
  }
  void operator()(const Advice& e) { say("advice", e.about); }
  void operator()(const Refused& e) { say("refused", word_for(e.why), e.kind); }
  void operator()(const InputSpan& e) {
    say("input", e.begin, e.end, e.counts.keys, e.measured, e.day);
  }
  void operator()(const SignalSpan& e) { say("signal", e.what, e.begin, e.end); }
  void operator()(const WindowSpan& e) {
    say("window", e.application, e.fullscreen, e.begin, e.end);
  }
  void operator()(const DayBegan& e) { say("day", e.day); }

  std::string text() const { return out_.str(); }

 private:
  template <class... Parts>
  void say(const Parts&... parts) {
    (put(parts), ...);
  }
  void put(const Instant& at) {
    out_ << at.boot.time_since_epoch().count() << "/" << at.wall.time_since_epoch().count() << " ";
  }
  void put(Duration duration) { out_ << duration.count() << "ms "; }
  template <class Other>
  void put(const Other& other) {
    out_ << other << " ";
  }

  std::ostringstream out_;
};

}  // namespace

std::string text_of(const Effect& effect) {
  EffectText text;
  std::visit(text, effect);
  return text.text();
}

}  // namespace nape::life

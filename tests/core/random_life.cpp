// SPDX-License-Identifier: Apache-2.0
#include "random_life.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <ostream>

#include "core/words.hpp"
#include "random_policy.hpp"

namespace nape::life {
namespace {

using namespace std::chrono_literals;

// --- generating
// ------------------------------------------------------------------------------------------------

Duration random_gap(Die& die) {
  switch (die.roll(16)) {
    case 0:
      return 0s;
    case 1:
      return Duration(die.roll(5000));
    case 2:
    case 3:
      return std::chrono::seconds(die.roll(30));
    case 4:
      return die.of<Duration>({10s, 15s, 30s, 60s, 300s});
    case 5:
      return die.of<Duration>({1s, 30s, 60s, 300s}) + Duration(die.roll(3)) - 1ms;
    case 6:
    case 7:
    case 8:
      return std::chrono::seconds(die.roll(300));
    case 9:
    case 10:
      return std::chrono::seconds(die.roll(900));
    case 11:
      return std::chrono::minutes(die.roll(60));
    case 12:
      return die.one_in(3) ? std::chrono::minutes(die.roll(16 * 60)) : std::chrono::minutes(20);
    default:
      return std::chrono::seconds(die.roll(60));
  }
}

/// Also long ones: nights, week ends, holidays.
Duration random_absence(Die& die) {
  if (die.one_in(8)) return std::chrono::minutes(die.roll(10 * 24 * 60));
  return die.one_in(2) ? random_gap(die) : Duration(std::chrono::minutes(die.roll(600)));
}

Burst random_burst(Die& die) {
  Burst burst;
  burst.tallies = static_cast<int>(die.one_in(3) ? 1 : 1 + die.roll(die.of({3u, 20u, 60u})));
  burst.every = die.of<Duration>({1s, 1s, 1s, 2s, 5s, 10s, 20s, 30s, 31s, 60s, 299s});
  burst.measured = !die.one_in(12);
  auto& counts = burst.counts;
  counts.motion = die.roll(20);
  if (die.one_in(8)) {
    counts.motion = die.roll(3);  // a jittery mouse
  } else {
    counts.keys = die.roll(6);
    counts.clicks = die.roll(3);
    counts.scroll = die.one_in(4) ? die.roll(5) : 0;
    counts.touch = die.one_in(9) ? 1 : 0;
  }
  return burst;
}

Event random_word(Die& die) {
  const auto kind = kind_name(die.roll(most_kinds + 1));
  switch (die.roll(13)) {
    case 0:
    case 1:
      return word::Start{kind};
    case 2:
    case 3:
      return word::Postpone{kind};
    case 4:
    case 5:
      return word::Skip{kind};
    case 6:
    case 7:
      return word::Exit{kind};
    case 8:
      if (die.one_in(3)) return word::Pause{};
      return word::Pause{random_gap(die)};
    case 9:
      return word::Resume{};
    case 10:
      return word::Was{die.one_in(2) ? word::Was::What::away : word::Was::What::reading,
                       random_gap(die)};
    case 11:
      return word::Reading{!die.one_in(3)};
    default:
      return word::Desk{die.one_in(2)};
  }
}

Event random_session_event(Die& die) {
  switch (die.roll(7)) {
    case 0:
      return Locked{die.one_in(3)};
    case 1:
      return Suspended{die.one_in(3)};
    case 2:
    case 3:
      return Lid{die.one_in(2)};
    case 4:
      return Remote{die.one_in(2)};
    default:
      return SeatActive{!die.one_in(3)};
  }
}

Event random_desktop_event(Die& die) {
  switch (die.roll(4)) {
    case 0: {
      const std::string app = die.of({"", "editor", "browser", "player"});
      return WindowChanged{app, app.empty() ? "" : "work", die.one_in(4)};
    }
    case 1:
      return SetupChanged{die.of({Display::unknown, Display::laptop, Display::external,
                                  Display::both, Display::none}),
                          die.of({Keyboard::unknown, Keyboard::builtin, Keyboard::external})};
    case 2:
      return SensorHealth{
          die.one_in(3) ? SensorKind::window : SensorKind::input,
          die.of({SensorState::lost, SensorState::good, SensorState::good, SensorState::degraded})};
    default:
      return Signal{static_cast<SignalKind>(die.roll(signal_kind_count)), die.one_in(3)};
  }
}

Deed random_deed(Die& die) {
  const auto roll = die.roll(100);
  if (roll < 50) return random_burst(die);
  if (roll < 66) return random_word(die);
  if (roll < 78) return random_desktop_event(die);
  if (roll < 82) return random_session_event(die);
  if (roll < 86) return LockFor{die.one_in(2) ? random_gap(die) : random_absence(die)};
  if (roll < 89) return Sleep{random_absence(die)};
  if (roll < 92) return Turn{die.one_in(2), die.one_in(2) ? die.roll(32) : 0, die.one_in(5)};
  if (roll < 94) return Event(StageReach{static_cast<Stage>(die.roll(stage_count)), die.one_in(2)});
  if (roll < 95) return Event(ClockStepped{Duration(random_gap(die)) * die.of({1, -1})});
  if (roll < 96) return Event(PolicyChanged{random_policy(die)});
  if (roll < 97) return Event(Tick{});
  Restart restart;
  restart.down = die.one_in(3) ? Duration(0) : random_absence(die);
  restart.off = die.one_in(3);
  if (!restart.off && die.one_in(2)) restart.slept = restart.down / (1 + die.roll(3));
  return restart;
}

Life life_from(std::uint64_t seed, int size) {
  Die die(seed);
  Life life;
  life.policy = random_policy(die);
  const auto most = static_cast<unsigned>(10 * size + 1);
  const auto steps = 1 + die.roll(most);
  for (unsigned i = 0; i < steps; ++i) life.steps.push_back({random_gap(die), random_deed(die)});
  return life;
}

// --- shrinking
// -------------------------------------------------------------------------------------------------

template <class T>
void shorter(const Duration& length, T&& take) {
  if (length == Duration::zero()) return;
  take(Duration::zero());
  const Duration rounded = std::chrono::floor<std::chrono::minutes>(length);
  if (rounded < length && rounded > Duration::zero()) take(rounded);
  if (length > 1s) take(Duration(std::chrono::floor<std::chrono::seconds>(length / 2)));
  if (length % 1000 != Duration::zero())
    take(Duration(std::chrono::floor<std::chrono::seconds>(length)));
}

std::vector<Step> simpler(const Step& step) {
  std::vector<Step> simple;
  shorter(step.gap, [&](Duration gap) { simple.push_back({gap, step.deed}); });
  if (const auto* burst = std::get_if<Burst>(&step.deed)) {
    auto one = *burst;
    one.counts = InputCounts{.keys = 1};
    one.measured = true;
    if (one.counts != burst->counts || !burst->measured) simple.push_back({step.gap, one});
    one = *burst;
    one.tallies = burst->tallies / 2;
    if (one.tallies > 0) simple.push_back({step.gap, one});
  } else if (const auto* sleep = std::get_if<Sleep>(&step.deed)) {
    shorter(sleep->length, [&](Duration d) { simple.push_back({step.gap, Sleep{d}}); });
  } else if (const auto* lock = std::get_if<LockFor>(&step.deed)) {
    shorter(lock->length, [&](Duration d) { simple.push_back({step.gap, LockFor{d}}); });
  } else if (const auto* restart = std::get_if<Restart>(&step.deed)) {
    if (restart->slept == Duration::zero()) {
      shorter(restart->down, [&](Duration d) {
        simple.push_back({step.gap, Restart{d, {}, restart->off}});
      });
    }
  }
  return simple;
}

std::vector<Policy> simpler(const Policy& policy) {
  std::vector<Policy> simple;
  for (std::size_t i = 0; i < policy.kinds.size(); ++i) {
    const auto edited = [&](auto edit) {
      auto copy = policy;
      edit(copy.kinds[i]);
      if (copy.kinds[i] != policy.kinds[i]) simple.push_back(std::move(copy));
    };
    if (policy.kinds.size() > 1) {
      auto fewer = policy;
      fewer.kinds.erase(fewer.kinds.begin() + static_cast<std::ptrdiff_t>(i));
      simple.push_back(std::move(fewer));
    }
    edited([](BreakKind& kind) { kind.ladder.resize(1); });
    edited([](BreakKind& kind) { kind.holds.clear(); });
    edited([](BreakKind& kind) { kind.postpone.times = kind.skips_a_day = 0; });
    edited([](BreakKind& kind) {
      kind.every = 1min, kind.length = std::min(kind.length, kind.every);
    });
  }
  return simple;
}

rc::Seq<Life> shrinks_of(const Life& life) {
  auto fewer = rc::seq::map(rc::shrink::removeChunks(life.steps), [life](std::vector<Step> steps) {
    return Life{life.policy, std::move(steps)};
  });
  auto policies = rc::seq::map(rc::seq::fromContainer(simpler(life.policy)), [life](Policy policy) {
    return Life{std::move(policy), life.steps};
  });
  auto steps = rc::seq::map(
      rc::shrink::eachElement(
          life.steps, [](const Step& step) { return rc::seq::fromContainer(simpler(step)); }),
      [life](std::vector<Step> simple) {
        return Life{life.policy, std::move(simple)};
      });
  return rc::seq::concat(std::move(fewer), std::move(policies), std::move(steps));
}

// --- expanding
// -------------------------------------------------------------------------------------------------

class Expansion {
 public:
  explicit Expansion(std::vector<Moment>& moments) : moments_(moments) {}

  void take(const Step& step) {
    at_ += step.gap;
    std::visit(*this, step.deed);
  }

  void operator()(const Event& event) {
    auto moment = event;
    if (auto* tally = std::get_if<InputTally>(&moment)) tally->last = BootTime(at_);
    moments_.push_back({at_, std::move(moment)});
  }
  void operator()(const Burst& burst) {
    for (int i = 0; i < burst.tallies; ++i) {
      if (i > 0) at_ += burst.every;
      (*this)(Event(InputTally{burst.counts, BootTime(at_), burst.measured}));
    }
  }
  void operator()(const Sleep& sleep) {
    (*this)(Event(Suspended{true}));
    at_ += sleep.length;
    (*this)(Event(Suspended{false}));
  }
  void operator()(const LockFor& lock) {
    (*this)(Event(Locked{true}));
    at_ += lock.length;
    (*this)(Event(Locked{false}));
  }
  void operator()(const Turn& turn) {
    CalendarTurn event;
    if (turn.new_day) ++day_;
    event.day = day_;
    for (unsigned i = 0; i < most_kinds; ++i) event.open.push_back((turn.closed >> i & 1u) == 0);
    event.quiet = turn.quiet;
    (*this)(Event(event));
  }
  void operator()(const Restart& restart) {
    moments_.push_back({at_, restart});
    at_ += restart.down;
  }

 private:
  std::vector<Moment>& moments_;
  Duration at_{};
  std::int32_t day_ = 0;
};

// --- showing
// ---------------------------------------------------------------------------------------------------

std::string text_of(Duration duration) {
  const auto ms = duration.count();
  auto text = std::to_string(ms / 1000);
  if (ms % 1000 != 0) text += "." + std::to_string(1000 + ms % 1000).substr(1);
  return text + "s";
}

struct EventText {
  std::string operator()(const Tick&) const { return "tick"; }
  std::string operator()(const InputTally& e) const {
    return "input keys=" + std::to_string(e.counts.keys) +
           " motion=" + std::to_string(e.counts.motion) + (e.measured ? "" : " unmeasured");
  }
  std::string operator()(const WindowChanged& e) const {
    return "window app=" + e.application + (e.fullscreen ? " fullscreen" : "");
  }
  std::string operator()(const Locked& e) const { return e.on ? "lock" : "unlock"; }
  std::string operator()(const Suspended& e) const { return e.on ? "suspend" : "wake"; }
  std::string operator()(const Lid& e) const { return e.closed ? "lid closed" : "lid open"; }
  std::string operator()(const Remote& e) const { return e.on ? "remote on" : "remote off"; }
  std::string operator()(const SeatActive& e) const { return e.on ? "seat on" : "seat off"; }
  std::string operator()(const Signal& e) const {
    return "signal " + std::string(word_for(e.kind)) + (e.on ? " on" : " off");
  }
  std::string operator()(const SetupChanged& e) const {
    return "display " + std::string(word_for(e.display)) + " keyboard " +
           std::string(word_for(e.keyboard));
  }
  std::string operator()(const SensorHealth& e) const {
    return "sensor " + std::string(word_for(e.kind)) + " " + std::string(word_for(e.state));
  }
  std::string operator()(const ClockStepped& e) const { return "clock " + text_of(e.by); }
  std::string operator()(const Downtime& e) const {
    return "downtime slept " + text_of(e.slept) + (e.powered_off ? " off" : "");
  }
  std::string operator()(const CalendarTurn& e) const {
    std::string open;
    for (const bool kind : e.open) open += kind ? '1' : '0';
    return "calendar day " + std::to_string(e.day) + " open " + open + (e.quiet ? " quiet" : "");
  }
  std::string operator()(const PolicyChanged&) const { return "policy"; }
  std::string operator()(const StageReach& e) const {
    return "reach " + std::string(word_for(e.stage)) + (e.reachable ? " on" : " off");
  }
  std::string operator()(const word::Start& e) const { return "user start " + e.kind; }
  std::string operator()(const word::Postpone& e) const { return "user postpone " + e.kind; }
  std::string operator()(const word::Skip& e) const { return "user skip " + e.kind; }
  std::string operator()(const word::Exit& e) const { return "user exit " + e.kind; }
  std::string operator()(const word::Pause& e) const {
    return "user pause" + (e.length ? " " + text_of(*e.length) : "");
  }
  std::string operator()(const word::Resume&) const { return "user resume"; }
  std::string operator()(const word::Was& e) const {
    return (e.what == word::Was::What::away ? "user was away " : "user was reading ") +
           text_of(e.length);
  }
  std::string operator()(const word::Reading& e) const {
    return e.on ? "user reading on" : "user reading off";
  }
  std::string operator()(const word::Desk& e) const {
    return e.standing ? "user desk stand" : "user desk sit";
  }
};

void show(const Policy& policy, std::ostream& out) {
  for (const auto& kind : policy.kinds) {
    out << "  " << kind.name << ": every " << text_of(kind.every) << " of " << word_for(kind.of);
    if (kind.daily_budget) {
      out << " a day";
    } else {
      out << ", length " << text_of(kind.length) << " " << word_for(kind.credit) << ", settle "
          << text_of(kind.settle) << ", " << word_for(kind.insist) << ", postpone "
          << kind.postpone.times << " x " << text_of(kind.postpone.length) << ", skip "
          << kind.skips_a_day;
    }
    for (const auto& step : kind.ladder)
      out << ", " << word_for(step.stage) << "@" << text_of(step.at);
    for (const auto& hold : kind.holds)
      out << ", hold " << word_for(hold.reason) << " " << text_of(hold.longest);
    out << "\n";
  }
}

}  // namespace

std::string kind_name(unsigned index) { return "k" + std::to_string(index); }

rc::Gen<Life> random_life() {
  return [](const rc::Random& random, int size) {
    return rc::shrinkable::shrinkRecur(life_from(rc::Random(random).next(), size), shrinks_of);
  };
}

std::vector<Moment> moments_of(const Life& life) {
  std::vector<Moment> moments;
  Expansion expansion(moments);
  for (const auto& step : life.steps) expansion.take(step);
  return moments;
}

Duration length_of(const Life& life) {
  const auto moments = moments_of(life);
  return moments.empty() ? Duration::zero() : moments.back().at;
}

std::string text_of(const Event& event) { return std::visit(EventText(), event); }

void showValue(const Life& life, std::ostream& out) {
  out << "policy\n";
  show(life.policy, out);
  for (const auto& moment : moments_of(life)) {
    out << text_of(moment.at) << " ";
    if (const auto* event = std::get_if<Event>(&moment.what)) {
      out << text_of(*event) << "\n";
      if (const auto* change = std::get_if<PolicyChanged>(event)) show(change->policy, out);
    } else {
      const auto& restart = std::get<Restart>(moment.what);
      out << "restart down " << text_of(restart.down) << " slept " << text_of(restart.slept)
          << (restart.off ? " off" : "") << "\n";
    }
  }
}

}  // namespace nape::life

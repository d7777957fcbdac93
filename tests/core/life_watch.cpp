// SPDX-License-Identifier: Apache-2.0
//
// Time, presence, stretches, counters and accounts; breaks are in life_watch_breaks.cpp.
#include "life_watch.hpp"

#include <algorithm>
#include <numeric>

#include "core/thresholds.hpp"
#include "core/words.hpp"

namespace nape::life {
namespace {

using namespace std::chrono_literals;

template <class T>
const T* as(const Seen& seen) {
  return std::get_if<T>(&seen.event);
}

bool refused(const Seen& seen) {
  return std::any_of(seen.effects.begin(), seen.effects.end(),
                     [](const Effect& e) { return std::holds_alternative<Refused>(e); });
}

bool is_jitter(const InputTally& tally) {
  const auto& c = tally.counts;
  return tally.measured && c.motion < 3 && c.keys + c.clicks + c.scroll + c.touch == 0;
}

const KindStatus* kind_of(const Snapshot& snapshot, const std::string& name) {
  const auto found = std::find_if(snapshot.kinds.begin(), snapshot.kinds.end(),
                                  [&](const KindStatus& k) { return k.name == name; });
  return found == snapshot.kinds.end() ? nullptr : &*found;
}

Duration sum(const std::array<Duration, 4>& parts) {
  return std::accumulate(parts.begin(), parts.end(), Duration::zero());
}

bool is_carried(const Snapshot& shown) {
  const bool carrier = shown.reason == PresenceReason::call ||
                       shown.reason == PresenceReason::playback ||
                       shown.reason == PresenceReason::reading;
  return shown.presence == PresenceState::present && carrier;
}

/// Some evidence is on, and the person is there: it may carry.
bool has_evidence(const Snapshot& shown) {
  const bool there =
      shown.presence == PresenceState::active || shown.presence == PresenceState::present;
  const auto is_on = [&](SignalKind kind) { return shown.signals[static_cast<std::size_t>(kind)]; };
  return there && !shown.locked &&
         (shown.reading || is_on(SignalKind::microphone) || is_on(SignalKind::camera) ||
          is_on(SignalKind::playback));
}

Duration sitting(const Totals& totals) { return totals.sitting_input + totals.sitting_passive; }

}  // namespace

void LifeWatch::complain(const Seen& seen, const std::string& kind, const std::string& what) {
  if (complaints_.size() >= 50) return;
  complaints_.push_back(std::to_string(seen.at().count()) + " ms, " + text_of(seen.event) + ": " +
                        (kind.empty() ? "" : kind + ": ") + what);
}

const BreakKind* LifeWatch::rule(const std::string& name) const {
  const auto found = std::find_if(policy_.kinds.begin(), policy_.kinds.end(),
                                  [&](const BreakKind& k) { return k.name == name; });
  return found == policy_.kinds.end() ? nullptr : &*found;
}

void LifeWatch::see(const Seen& seen) {
  before_checks(seen);
  check_deadline(seen);
  check_presence(seen);
  check_stretches(seen);
  check_totals(seen);
  for (const auto& after : seen.after.kinds) {
    const auto* before = kind_of(seen.before, after.name);
    check_account(seen, before ? *before : after, after);
    check_budget(seen, after);
  }
  check_sleep(seen);
  check_breaks(seen);
  after_checks(seen);
}

// --- what happened
// ---------------------------------------------------------------------------------------------

void LifeWatch::before_checks(const Seen& seen) {
  if (const auto* change = as<PolicyChanged>(seen)) policy_ = change->policy;
  if (const auto* health = as<SensorHealth>(seen); health && health->kind == SensorKind::input) {
    const bool lost = health->state == SensorState::lost;
    if (!lost) blind_since_.reset();
    if (lost && !blind_since_) blind_since_ = seen.at();
  }
  input_before_ = last_input_;
  evidence_before_ = last_evidence_;
  const auto* tally = as<InputTally>(seen);
  if (tally && !is_jitter(*tally) && !seen.before.locked) {
    last_input_ = seen.at();
    blind_since_.reset();
    asleep_since_.reset();
  }
  if (as<Downtime>(seen)) {
    // Nobody knows when the last input was while the daemon was away.
    blind_since_.reset();
  }
  if (const auto* was = as<word::Was>(seen); was && !refused(seen))
    stretch_corrected_ = counters_corrected_ = true;
  const auto* lock = as<Locked>(seen);
  const bool locks = lock && lock->on && !seen.before.locked;
  if (is_carried(seen.before) || has_evidence(seen.before) || locks) last_evidence_ = seen.at();
  if (as<PolicyChanged>(seen)) closed_changed_ = seen.at();
}

void LifeWatch::after_checks(const Seen& seen) {
  if (const auto* asleep = as<Suspended>(seen)) {
    if (!asleep->on) asleep_since_.reset();
    if (asleep->on && !asleep_since_) asleep_since_ = seen.at();
  }
  if (as<Downtime>(seen)) asleep_since_.reset();
  last_step_ = seen.at();
  paid_since_ = input_before_;
}

/// Somebody was seen within the use gap, and sees the screen.
bool LifeWatch::is_certain(const Seen& seen) const {
  const auto proof = std::max(last_input_, last_evidence_);
  const bool attended =
      seen.after.presence == PresenceState::active || seen.after.presence == PresenceState::present;
  return attended && !seen.after.locked &&
         (is_carried(seen.after) || seen.at() - proof <= thresholds::use_gap);
}

// --- time, presence
// --------------------------------------------------------------------------------------------

void LifeWatch::check_deadline(const Seen& seen) {
  if (seen.deadline && seen.deadline->boot <= seen.now.boot)
    complain(seen, "", "the deadline is not later than now");
}

void LifeWatch::check_presence(const Seen& seen) {
  for (const auto& effect : seen.effects) {
    const auto* changed = std::get_if<PresenceChanged>(&effect);
    if (!changed) continue;
    if (changed->state == presence_) complain(seen, "", "presence changed to what it was");
    if (changed->until.boot > seen.now.boot) complain(seen, "", "presence changed in the future");
    presence_ = changed->state;
  }
  if (seen.after.presence != presence_) complain(seen, "", "a change of presence was not told");
  const bool shut = seen.before.locked || seen.after.locked || seen.after.lid_closed ||
                    seen.before.lid_closed || asleep_since_;
  const bool came =
      seen.before.presence != PresenceState::away && seen.after.presence == PresenceState::away;
  if (came && !shut && blind_since_ && seen.at() > *blind_since_ && !as<Suspended>(seen) &&
      seen.at() - seen.life(seen.before.presence_since.boot) < thresholds::unknown_is_away)
    complain(seen, "", "away, and nobody could see it");
}

// --- stretches
// -------------------------------------------------------------------------------------------------

void LifeWatch::check_stretches(const Seen& seen) {
  for (const auto& effect : seen.effects) {
    if (const auto* began = std::get_if<StretchBegan>(&effect)) {
      if (stretch_began_) complain(seen, "", "a stretch began while another ran");
      stretch_began_ = seen.life(began->at.boot);
      if (!as<word::Was>(seen)) stretch_corrected_ = false;
    }
    if (const auto* ended = std::get_if<StretchEnded>(&effect)) check_stretch(seen, ended->stretch);
  }
  if (seen.after.stretch.has_value() != stretch_began_.has_value())
    complain(seen, "", "a stretch runs, or none, and that was not told");
  if (!seen.after.stretch) return;
  const auto& so_far = seen.after.stretch->so_far;
  if (so_far.by_input + so_far.by_passive != so_far.length())
    complain(seen, "", "the running stretch is not the sum of its evidence");
  if (so_far.end.boot > seen.now.boot) complain(seen, "", "the running stretch is ahead of now");
}

void LifeWatch::check_stretch(const Seen& seen, const Stretch& stretch) {
  const auto* down = as<Downtime>(seen);
  const bool off = down && down->powered_off;  // may have been off for longer than is counted
  if (!stretch_began_) return complain(seen, "", "a stretch ended and none had begun");
  if (!off && !stretch_corrected_ && seen.life(stretch.begin.boot) != *stretch_began_)
    complain(seen, "", "a stretch ended that began at another time than was told");
  if (*stretch_began_ < last_stretch_ended_ ||
      (!off && seen.life(stretch.begin.boot) < last_stretch_ended_))
    complain(seen, "", "two stretches overlap");
  stretch_began_.reset();
  last_stretch_ended_ = seen.life(stretch.end.boot);
  if (stretch.end.boot > seen.now.boot) complain(seen, "", "a stretch ended in the future");
  if (stretch.by_input + stretch.by_passive != stretch.length())
    complain(seen, "", "a stretch is not the sum of its evidence");
  if (stretch.by_input < 0ms || stretch.by_passive < 0ms)
    complain(seen, "", "a stretch has less than no evidence");
  const auto& band = stretch.band;
  if (band[0] < 0ms || band[0] > band[1] || band[1] > band[2] || band[1] != stretch.length())
    complain(seen, "", "the band is out of order");
  if (stretch.use_30 > stretch.use_60) complain(seen, "", "use at 30 s exceeds use at 60 s");
  if (!stretch_corrected_ && sum(stretch.setups) != stretch.length())
    complain(seen, "", "a stretch is not the sum of its set-ups");
  finished_ += stretch.length();
}

void LifeWatch::check_totals(const Seen& seen) {
  const auto& before = seen.before.totals;
  const auto& after = seen.after.totals;
  const auto running = seen.after.stretch ? seen.after.stretch->so_far.length() : Duration::zero();
  if (as<Downtime>(seen)) {
    // A new daemon counts from zero; what the running stretch held already is not counted again.
    finished_ = Duration::zero();
    const auto ran = seen.before.stretch ? seen.before.stretch->so_far.length() : Duration::zero();
    counted_before_ = ran;
    counters_corrected_ = false;
    for (const auto& effect : seen.effects) {
      if (const auto* ended = std::get_if<StretchEnded>(&effect))
        finished_ += ended->stretch.length();
    }
  } else if (sitting(after) < sitting(before) || after.use_under_30 < before.use_under_30 ||
             after.use_30_to_60 < before.use_30_to_60 || after.counts.keys < before.counts.keys ||
             after.counts.motion < before.counts.motion || sum(after.setups) < sum(before.setups) ||
             after.sitting_input < before.sitting_input ||
             after.sitting_passive < before.sitting_passive) {
    complain(seen, "", "a counter fell");
  }
  if (!counters_corrected_ && finished_ + running - counted_before_ != sitting(after)) {
    complain(seen, "",
             "finished and running stretches are " +
                 std::to_string((finished_ + running - counted_before_).count()) +
                 " ms, sitting is " + std::to_string(sitting(after).count()) + " ms");
  }
}

// --- accounts
// --------------------------------------------------------------------------------------------------

void LifeWatch::check_account(const Seen& seen, const KindStatus& before, const KindStatus& after) {
  if (after.owed < 0ms || after.owed > after.every)
    complain(seen, after.name, "owed is " + std::to_string(after.owed.count()) + " ms");
  if (after.overdue < 0ms || (!after.due && after.overdue > 0ms))
    complain(seen, after.name, "overdue without being due, or less than nothing");
  if (after.owed_rest < 0ms || (!after.daily_budget && after.owed_rest > after.length))
    complain(seen, after.name, "the rest owed is out of bounds");
  if (after.postpones_left < 0 || after.skips_left < 0)
    complain(seen, after.name, "less than nothing is left of a budget");
  if (after.owed == 0ms && after.due) complain(seen, after.name, "due, and nothing is owed");
  const auto change = std::to_string((after.owed - before.owed).count()) + " ms";
  if (after.owed < before.owed && !may_fall(seen, before, after))
    complain(seen, after.name, "owed fell without rest, by " + change);
  check_pay(seen, before, after);
  if (after.owed > before.owed && !may_grow(seen, before, after))
    complain(seen, after.name, "owed grew without presence, by " + change);
}

bool LifeWatch::may_fall(const Seen& seen, const KindStatus& before,
                         const KindStatus& after) const {
  // A new rule may find that the rest so far has paid; check_pay() says how much.
  if (as<PolicyChanged>(seen)) return true;
  if (const auto* turn = as<CalendarTurn>(seen); turn && after.daily_budget)
    return turn->day != day_;
  if (after.daily_budget) return false;
  if (as<word::Was>(seen) && !refused(seen)) return true;
  if (const auto* down = as<Downtime>(seen)) {
    const auto unknown = seen.at() - last_step_ - down->slept;
    return down->powered_off || down->slept > 0ms || asleep_since_ ||
           unknown > thresholds::unknown_is_away;
  }
  const bool in_break =
      before.begun || after.begun ||
      std::any_of(seen.effects.begin(), seen.effects.end(), [&](const Effect& effect) {
        const auto* began = std::get_if<BreakBegan>(&effect);
        return began && began->kind == after.name;
      });
  if (in_break) return true;
  for (const auto& other : seen.after.kinds) {
    const auto* was = kind_of(seen.before, other.name);
    if (other.name == after.name || other.daily_budget || other.length < after.length || !was)
      continue;
    // Merged into a longer kind: paid with it, or by its break.
    if (was->begun || other.begun || (other.owed == 0ms && was->owed > 0ms && after.owed == 0ms))
      return true;
  }
  if (after.of == Of::sitting)
    return seen.before.presence == PresenceState::away ||
           seen.after.presence == PresenceState::away;
  const auto& kind = *rule(after.name);
  const auto settle = kind.credit == Credit::whole ? kind.length : kind.settle;
  return seen.at() - input_before_ >= settle &&
         !(blind_since_ && *blind_since_ < seen.at() && !seen.before.locked &&
           !seen.before.lid_closed && !asleep_since_);
}

bool LifeWatch::is_closed(const Seen& seen, const KindStatus& kind) const {
  const auto index = static_cast<unsigned>(&kind - seen.after.kinds.data());
  return (closed_ >> index & 1u) != 0;
}

bool LifeWatch::may_grow(const Seen& seen, const KindStatus& before,
                         const KindStatus& after) const {
  if (as<word::Was>(seen) && !refused(seen)) return true;
  const auto grown = after.owed - before.owed;
  if (before.begun && after.begun) {
    const auto insist = rule(after.name)->insist;
    return insist == Insist::reset && as<InputTally>(seen);
  }
  if (is_closed(seen, after) && std::max(input_before_, evidence_before_) > closed_changed_)
    return false;
  const auto* tally = as<InputTally>(seen);
  if (before.of == Of::use)
    return tally && (grown <= thresholds::use_gap || before.begun || after.begun);
  if (before.begun) return true;  // what insist = "reset" sets back
  if (seen.before.presence == PresenceState::away) return false;
  if (seen.before.presence == PresenceState::unknown && !tally && !as<Locked>(seen) &&
      !as<Suspended>(seen) && !as<Lid>(seen) && !as<SeatActive>(seen) && !as<Signal>(seen) &&
      !as<SetupChanged>(seen) && !as<word::Reading>(seen) && !as<Downtime>(seen))
    return false;
  return grown <= seen.at() - last_step_ + thresholds::sitting_gap;
}

/// Rest pays at most every/length a second, counted from the last input; whole, only from a whole
/// length on.
void LifeWatch::check_pay(const Seen& seen, const KindStatus& before, const KindStatus& after) {
  auto& paid = tracks_[after.name].paid;
  const auto& kind = *rule(after.name);
  const bool anew = as<Downtime>(seen) || as<PolicyChanged>(seen) || as<word::Was>(seen) ||
                    after.daily_budget ||
                    (kind.insist == Insist::ignore && (before.begun || after.begun));
  if (anew || input_before_ != paid_since_) paid = Duration::zero();
  const auto owed = std::min(before.owed, after.every);
  if (anew || after.owed >= owed) return;
  // Merged into a longer kind, it is paid with it.
  const bool merged =
      std::any_of(seen.after.kinds.begin(), seen.after.kinds.end(), [&](const KindStatus& other) {
        const auto* was = kind_of(seen.before, other.name);
        return other.name != after.name && was && other.length >= after.length &&
               (was->begun || other.begun || (other.owed == 0ms && was->owed > 0ms));
      });
  if (merged) return;
  paid += owed - after.owed;
  // A halted break keeps what was rested before; input right after a break began is the answer's
  // own.
  auto since = input_before_;
  const bool keeps = kind.insist == Insist::halt;
  if (before.begun &&
      (keeps || input_before_ - seen.life(before.begun->boot) < thresholds::answer_grace))
    since = std::min(since, seen.life(before.begun->boot));
  const auto rested = seen.at() - since;
  const auto most = rested.count() * kind.every.count() / kind.length.count() + 1;
  if (paid.count() > most)
    complain(seen, after.name,
             "rest paid " + std::to_string(paid.count()) + " ms, at most " + std::to_string(most) +
                 " ms could be");
}

/// A daily budget is the plain sum: no rest, word or merging touches it.
void LifeWatch::check_budget(const Seen& seen, const KindStatus& after) {
  if (!after.daily_budget) {
    budgets_.erase(after.name);
    return;
  }
  const auto* before = kind_of(seen.before, after.name);
  if (as<PolicyChanged>(seen) || !before || as<Downtime>(seen)) {
    budgets_[after.name] = after.owed;
    return;
  }
  auto& expected = budgets_.try_emplace(after.name, before->owed).first->second;
  const auto& was = seen.before.totals;
  const auto& is = seen.after.totals;
  const auto grown =
      after.of == Of::use ? is.use_under_30 - was.use_under_30 : sitting(is) - sitting(was);
  if (as<word::Was>(seen) && !refused(seen)) {
    expected = after.owed;
    return;
  }
  // Of what was confirmed over a border, only the part inside `when` counts; of a gap over a change
  // of policy, what the old rule had not paid.
  if (closed_changed_ >= input_before_) {
    if (after.owed <= std::min(after.every, expected + grown))
      expected = std::max(expected, after.owed);
  } else if (!is_closed(seen, after)) {
    expected = std::min(after.every, expected + grown);
  }
  if (const auto* turn = as<CalendarTurn>(seen); turn && turn->day != day_) expected = 0ms;
  if (after.owed != expected)
    complain(seen, after.name,
             "a daily budget is " + std::to_string(after.owed.count()) + " ms instead of " +
                 std::to_string(expected.count()) + " ms");
}

/// Whoever sleeps, rests.
void LifeWatch::check_sleep(const Seen& seen) {
  const auto* wake = as<Suspended>(seen);
  if (!wake || wake->on || !asleep_since_) return;
  const auto slept = seen.at() - *asleep_since_;
  for (const auto& kind : seen.after.kinds) {
    if (kind.daily_budget || kind.owed == 0ms) continue;
    const auto& policy = *rule(kind.name);
    const auto enough =
        policy.credit == Credit::whole ? kind.length : std::max(kind.length, policy.settle);
    if (slept >= enough)
      complain(seen, kind.name,
               "slept " + std::to_string(slept.count()) + " ms and owes " +
                   std::to_string(kind.owed.count()) + " ms");
  }
}

}  // namespace nape::life

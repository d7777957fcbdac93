// SPDX-License-Identifier: Apache-2.0
#include "scenario/player.hpp"

#include <algorithm>

#include "core/thresholds.hpp"

namespace nape::scenario {

Player::Player(MomentSource& source, Policies policies, drive::Driver::Sink sink)
    : source_(source), policies_(std::move(policies)) {
  sink_ = [this, sink = std::move(sink)](const Instant& at, const Effects& effects) {
    if (drive::CommitSchedule::at_once(effects)) commit_now_ = true;
    sink(at, effects);
  };
}

Result<std::size_t> Player::play(const std::string& policy_name) {
  auto policy = policies_(policy_name);
  if (!policy) return std::move(policy).error();
  policy_ = std::move(*policy);
  auto driver = drive::Driver::begin(policy_, source_.zone(), source_.start(), sink_);
  if (!driver) return std::move(driver).error();
  driver_.emplace(std::move(*driver));
  tell_world(source_.start());
  commit(source_.start());
  std::size_t played = 0;
  while (true) {
    auto moment = source_.next();
    if (!moment) return std::move(moment).error();
    if (!*moment) break;
    ++played;
    if (auto taken = take(**moment); !taken) return std::move(taken).error();
  }
  come_up(source_.end());
  driver_->advance(source_.end());
  return played;
}

Result<void> Player::take(const Moment& moment) {
  const auto& at = moment.at;
  const auto* event = std::get_if<Event>(&moment.action);
  if (down_until_ && at.boot < down_until_->boot) {
    if (event) world_.remember(*event);
    return {};
  }
  come_up(at);
  if (event) {
    feed(at, *event);
    return {};
  }
  if (const auto* step = std::get_if<StepClock>(&moment.action)) {
    driver_->feed(at, ClockStepped{step->by});
  } else if (const auto* use = std::get_if<UsePolicy>(&moment.action)) {
    return use_policy(at, use->name);
  } else if (const auto* restart = std::get_if<Restart>(&moment.action)) {
    driver_->advance(at);
    commit(at);
    return come_back(last_commit_, at.after(restart->down), restart->reboot);
  } else {
    commit_if_due(at);
    return come_back(last_commit_, at, false);
  }
  return {};
}

void Player::feed(const Instant& at, const Event& event) {
  commit_if_due(at);
  world_.remember(event);
  driver_->feed(at, event);
  if (std::holds_alternative<InputTally>(event)) {
    schedule_.on_input(at.boot);
  } else {
    schedule_.on_other_change(at.boot);
  }
  if (commit_now_) commit(at);
}

void Player::tell_world(const Instant& at) {
  for (const auto& event : world_.statements()) driver_->feed(at, event);
}

// --- the store's part, without a store

void Player::commit_if_due(const Instant& at) {
  const auto due = schedule_.due();
  if (!due || *due > at.boot) return;
  driver_->advance(at.at(*due));
  commit(at.at(*due));
}

void Player::commit(const Instant& at) {
  last_commit_ = {at, driver_->engine().save(at)};
  schedule_.on_committed(at.boot);
  commit_now_ = false;
}

Result<void> Player::come_back(const Commit& saved, const Instant& at, bool powered_off) {
  Downtime downtime;
  downtime.powered_off = powered_off;
  auto driver =
      drive::Driver::resume(policy_, source_.zone(), saved.state, saved.at, at, downtime, sink_);
  if (!driver) return std::move(driver).error();
  driver_.emplace(std::move(*driver));
  down_until_ = at;
  if (powered_off) world_.power_off();
  commit(at);
  return {};
}

/// The sensors are there again, and tell what they see.
void Player::come_up(const Instant& at) {
  if (!down_until_ || at.boot < down_until_->boot) return;
  tell_world(*down_until_);
  down_until_.reset();
}

Result<void> Player::use_policy(const Instant& at, const std::string& name) {
  auto policy = policies_(name);
  if (!policy) return std::move(policy).error();
  policy_ = *policy;
  return driver_->adopt(at, policy_);
}

}  // namespace nape::scenario

// SPDX-License-Identifier: Apache-2.0
//
// Plays moments through a driver, as the live daemon would have lived them: restarts save and
// restore the engine, a kill loses what the commit schedule had not yet written, and after each the
// sensors tell their state again.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/policy.hpp"
#include "drive/commit_schedule.hpp"
#include "drive/driver.hpp"
#include "scenario/moment.hpp"
#include "scenario/world.hpp"

namespace nape::scenario {

class Player {
 public:
  /// Finds a policy by the name that a scenario uses.
  using Policies = std::function<Result<Policy>(const std::string&)>;

  Player(MomentSource& source, Policies policies, drive::Driver::Sink sink);

  /// To the end of time. Returns how many moments were played.
  Result<std::size_t> play(const std::string& policy);

 private:
  struct Commit {
    Instant at;
    std::string state;
  };

  Result<void> take(const Moment& moment);
  void feed(const Instant& at, const Event& event);
  void tell_world(const Instant& at);
  void come_up(const Instant& at);
  void commit_if_due(const Instant& at);
  void commit(const Instant& at);
  Result<void> come_back(const Commit& saved, const Instant& at, bool powered_off);
  Result<void> use_policy(const Instant& at, const std::string& name);

  MomentSource& source_;
  Policies policies_;
  drive::Driver::Sink sink_;
  Policy policy_;
  std::optional<drive::Driver> driver_;
  World world_;
  drive::CommitSchedule schedule_;
  bool commit_now_ = false;
  Commit last_commit_;
  /// Moments before this one fall into a time in which the daemon was not running; what sensors
  /// would have told then is told when it is over.
  std::optional<Instant> down_until_;
};

}  // namespace nape::scenario

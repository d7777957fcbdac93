// SPDX-License-Identifier: Apache-2.0
//
// What must hold in every life: the invariants of design.md sections 5 to 7 and of principles 3 to
// 5, checked from outside at every step. It keeps accounts of its own and never looks into the
// engine. One sentence for each thing that is wrong.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "body.hpp"

namespace nape::life {

class LifeWatch {
 public:
  explicit LifeWatch(const Policy& policy) : policy_(policy) {}

  void see(const Seen& seen);
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  /// What is known of a kind from what has been told of it.
  struct Track {
    std::optional<Verdict> verdict;
    bool begun = false;
    bool on_screen = false;
    /// Life time until which the person's word silences it.
    std::optional<Duration> silent_until;
    /// What rest has paid since the last input.
    Duration paid{};
    int postpones = 0;
    int skips = 0;
  };

  void complain(const Seen& seen, const std::string& kind, const std::string& what);
  const BreakKind* rule(const std::string& name) const;

  // what happened, for the accounts
  void before_checks(const Seen& seen);
  void after_checks(const Seen& seen);
  void take_word(const Seen& seen, const std::string& kind, Duration silence);

  void check_deadline(const Seen& seen);
  void check_presence(const Seen& seen);
  void check_stretches(const Seen& seen);
  void check_stretch(const Seen& seen, const Stretch& stretch);
  void check_totals(const Seen& seen);
  void check_account(const Seen& seen, const KindStatus& before, const KindStatus& after);
  bool may_fall(const Seen& seen, const KindStatus& before, const KindStatus& after) const;
  bool is_closed(const Seen& seen, const KindStatus& kind) const;
  bool may_grow(const Seen& seen, const KindStatus& before, const KindStatus& after) const;
  void check_budget(const Seen& seen, const KindStatus& after);
  void check_pay(const Seen& seen, const KindStatus& before, const KindStatus& after);
  void check_sleep(const Seen& seen);
  bool is_certain(const Seen& seen) const;
  void check_breaks(const Seen& seen);
  void check_due(const Seen& seen, const BreakDue& due);
  void check_stage(const Seen& seen, const BreakStage& stage);
  void check_one_prompts(const Seen& seen);

  Policy policy_;
  std::vector<std::string> complaints_;
  std::map<std::string, Track> tracks_;

  PresenceState presence_ = PresenceState::unknown;
  std::optional<Duration> stretch_began_;
  Duration last_stretch_ended_ = Duration::min();
  /// Finished stretches since the counters began at zero, less what ran already then.
  Duration finished_{};
  Duration counted_before_{};
  /// A correction has moved the running stretch, or the counters, away from what was seen.
  bool stretch_corrected_ = false;
  bool counters_corrected_ = false;

  std::int32_t day_ = 0;
  unsigned closed_ = 0;
  std::map<std::string, Duration> budgets_;
  /// Since when kinds have been open or closed as they are.
  Duration closed_changed_{};
  Duration evidence_before_ = Duration::min();
  Duration last_input_ = Duration::zero();
  Duration input_before_ = Duration::zero();
  Duration paid_since_ = Duration::zero();
  Duration last_step_{};
  std::optional<Duration> asleep_since_;
  std::optional<Duration> blind_since_;
  /// The last moment at which evidence proved somebody there without input.
  Duration last_evidence_ = Duration::min();
};

}  // namespace nape::life

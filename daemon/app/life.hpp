// SPDX-License-Identifier: Apache-2.0
//
// The engine's life in the daemon: driven by events, committed to the store before what follows is
// sent, resumed from the store after whatever happened in between. Knows no loop: whoever owns it
// says what time it is.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/faults.hpp"
#include "core/policy.hpp"
#include "drive/commit_schedule.hpp"
#include "drive/driver.hpp"
#include "host/clock.hpp"
#include "store/store.hpp"

namespace nape::app {

/// How the present continues what was saved.
struct Continuation {
  Instant saved_at;
  Downtime downtime;
};

/// Design section 5: under the same boot id, growth of boot against monotonic is suspend and the
/// rest is unknown; under another one the machine was off, by the wall clock, for 0 to 7 days.
Continuation continuation_of(const store::Clocks& saved, const store::Clocks& now);

class Life {
 public:
  struct Parts {
    store::Store& store;
    Faults& faults;
    /// Names the boot time line: the kernel's, or a recording's.
    std::string boot_id;
    /// Carries out what the engine wants, after it has been committed.
    std::function<void(const Instant&, const Effects&)> carry_out;
    /// An engine with its totals is about to go.
    std::function<void(const Totals&)> engine_ends;
  };

  /// Continues what the store holds, or begins anew. A state that cannot be read is told and given
  /// up.
  static Result<std::unique_ptr<Life>> begin(Parts parts, Policy policy, std::string zone,
                                             const host::Reading& now);

  void feed(const host::Reading& now, const Instant& at, const Event& event);
  /// One of the person's words; what the engine answered, if it refused.
  std::optional<Refused> say(const host::Reading& now, const Instant& at, const Event& word);
  /// Lets time pass; commits where that is due.
  void advance(const host::Reading& now, const Instant& at);
  /// When advance() must be called again.
  Instant next(const Instant& at) const;

  Result<void> adopt(const host::Reading& now, const Instant& at, const Policy& policy);
  /// A recording's restart or kill: the engine is made anew from what was saved, `down` later.
  struct Rebirth {
    Duration down{};
    bool powered_off = false;
    bool saves_first = true;
  };
  Result<void> relive(const host::Reading& now, const Instant& at, const Rebirth& rebirth);

  /// Everything on disk.
  void commit(const host::Reading& now, const Instant& at);

  Snapshot snapshot(const Instant& at) const { return driver_->engine().snapshot(at); }
  const Policy& policy() const { return driver_->engine().policy(); }
  const calendar::Calendar& calendar() const { return driver_->calendar(); }
  std::uint64_t commits() const { return commits_; }
  std::chrono::nanoseconds commit_time() const { return commit_time_; }
  bool store_up() const { return store_up_; }
  /// What was saved last, on this life's time line; nothing before it needs to be lived again.
  Instant began_at() const { return began_at_; }

 private:
  Life(Parts parts, std::string zone) : parts_(std::move(parts)), zone_(std::move(zone)) {}
  drive::Driver::Sink sink();
  void on_effects(const Instant& at, const Effects& effects);
  store::Checkpoint checkpoint(const Instant& at) const;
  void write(const Instant& at, const Effects& effects);
  Result<void> resume(const store::Saved& saved, Policy policy, const Instant& now,
                      const Continuation& continuation);

  Parts parts_;
  std::string zone_;
  std::optional<drive::Driver> driver_;
  drive::CommitSchedule schedule_;
  /// Of this turn: a checkpoint carries it.
  Duration monotonic_{};
  std::optional<Refused> refused_;
  std::optional<BootTime> retry_at_;
  bool store_up_ = true;
  std::uint64_t commits_ = 0;
  std::chrono::nanoseconds commit_time_{};
  Instant began_at_;
};

}  // namespace nape::app

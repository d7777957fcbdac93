// SPDX-License-Identifier: Apache-2.0
//
// The engine: a fold over events. It owns no clock, loop, file or thread; the live daemon, `nape
// replay`, `nape policy simulate` and every test drive the same object.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/policy.hpp"
#include "core/result.hpp"
#include "core/snapshot.hpp"
#include "core/time.hpp"

namespace nape {

class Engine {
 public:
  /// Begins at `start`, knowing nothing of the person's past.
  Engine(Policy policy, Instant start);
  ~Engine();
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;

  /// Lets every deadline up to `now` pass, in order, then takes the event in. Time does not run
  /// backwards between calls: an earlier `now` is taken as the latest one. The effects' own times
  /// tell when each became true.
  Effects step(Instant now, const Event& event);

  /// When step() must be called again even if nothing happens.
  std::optional<Instant> deadline() const;

  Snapshot snapshot(Instant now) const;
  const Policy& policy() const;

  /// What must survive a restart, as one text that the store keeps in one cell and a person can
  /// read: lines of "name value". Unknown names are skipped and missing ones keep their defaults,
  /// so that neighbouring versions can read each other's.
  std::string save(Instant now) const;
  /// The engine that was saved, on the boot time line on which its save() fell at `saved_at`: after
  /// a reboot that clock began anew, and what lies before then lies before its zero. The first step
  /// must be a Downtime. Kinds that the policy no longer knows are dropped. Refuses a text that is
  /// not "name value" lines, naming the line.
  static Result<Engine> restore(Policy policy, std::string_view saved, Instant saved_at);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace nape

// SPDX-License-Identifier: Apache-2.0
//
// What must survive: the port through which effects and the engine's state reach the disk. The host
// owns one Store and calls it from its loop. Effects that tell nothing a day later (presence,
// withdrawals, refusals) are not stored. A store never throws, never prompts and never reads a
// clock.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace nape::store {

/// A moment by which the next start can tell suspend, power-off and mere downtime apart (design.md,
/// section 5).
struct Clocks {
  /// /proc/sys/kernel/random/boot_id.
  std::string boot_id;
  BootTime boot{};
  /// CLOCK_MONOTONIC: what it lacks against `boot` was suspend.
  Duration monotonic{};
  WallTime wall{};
};

/// Everything the next start needs, and what is still running. Spans here are stored as open rows;
/// the closing effect replaces them, and after a crash they stay as the truth up to this moment.
struct Checkpoint {
  std::string engine_state;
  Clocks clocks;
  std::optional<Stretch> running;
  std::optional<InputSpan> open_input;
  std::optional<WindowSpan> open_window;
  std::vector<SignalSpan> open_signals;
};

struct Commit {
  /// When the engine knew: the `now` of the step that gave `effects`.
  Instant at;
  const Effects& effects;
  /// Durable effects need one: without it, a crash leaves them on disk beside a state that will
  /// give them again.
  std::optional<Checkpoint> checkpoint;
};

/// The last checkpoint. Open rows need no handle: the span with the same beginning finds its row
/// again.
struct Saved {
  std::string engine_state;
  Clocks clocks;
};

/// What a failing disk holds back. Dropped ones are gone: memory is bounded.
struct Pending {
  std::size_t effects = 0;
  std::size_t dropped = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  /// Takes over what is to be stored, in memory: on disk with the next commit().
  virtual void queue(Instant at, const Effects& effects) = 0;

  /// Writes all that is queued, these effects and the checkpoint, in one transaction that is on the
  /// disk when this returns. On failure all of it stays queued for the next commit; do not hand it
  /// over again.
  virtual Result<void> commit(const Commit& commit) = 0;

  /// None: nothing was ever saved.
  virtual Result<std::optional<Saved>> load() = 0;

  virtual Pending pending() const = 0;
};

}  // namespace nape::store

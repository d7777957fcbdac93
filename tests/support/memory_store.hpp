// SPDX-License-Identifier: Apache-2.0
//
// A Store that keeps everything in memory, in order, for tests to look into. What is queued and
// what is committed are kept apart; load() gives the last committed checkpoint, so that a test can
// play a crash.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "store/queue.hpp"
#include "store/store.hpp"

namespace nape::store {

class MemoryStore final : public Store {
 public:
  void queue(Instant at, const Effects& effects) override { queue_.add(at, effects); }
  Result<void> commit(const Commit& commit) override;
  Result<std::optional<Saved>> load() override { return saved_; }
  Pending pending() const override { return queue_.pending(); }

  /// Committed effects that a store keeps, with the moment at which the engine knew.
  const std::vector<std::pair<Instant, Effect>>& effects() const { return effects_; }
  /// Each committed checkpoint.
  const std::vector<Checkpoint>& checkpoints() const { return checkpoints_; }
  std::size_t commits() const { return commits_; }

 private:
  Queue queue_{100'000};
  std::vector<std::pair<Instant, Effect>> effects_;
  std::vector<Checkpoint> checkpoints_;
  std::optional<Saved> saved_;
  std::size_t commits_ = 0;
};

}  // namespace nape::store

// SPDX-License-Identifier: Apache-2.0
#include "memory_store.hpp"

namespace nape::store {

Result<void> MemoryStore::commit(const Commit& commit) {
  queue_.add(commit.at, commit.effects);
  if (commit.checkpoint) queue_.add(commit.at, *commit.checkpoint);
  for (const Queue::Entry& entry : queue_.entries()) {
    if (const auto* effect = std::get_if<Effect>(&entry.what)) {
      effects_.emplace_back(entry.at, *effect);
      continue;
    }
    checkpoints_.push_back(std::get<Checkpoint>(entry.what));
    saved_ = Saved{checkpoints_.back().engine_state, checkpoints_.back().clocks};
  }
  queue_.clear();
  ++commits_;
  return {};
}

}  // namespace nape::store

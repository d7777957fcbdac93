// SPDX-License-Identifier: Apache-2.0
#include "faulty_store.hpp"

namespace nape::store {

Result<void> FaultyStore::commit(const Commit& commit) {
  if (failures_ == 0) {
    auto held_back = std::exchange(held_back_, std::nullopt);
    const auto& checkpoint = commit.checkpoint ? commit.checkpoint : held_back;
    return inner_.commit({commit.at, commit.effects, checkpoint});
  }
  --failures_;
  ++failed_;
  inner_.queue(commit.at, commit.effects);
  if (commit.checkpoint) held_back_ = commit.checkpoint;
  return Error{"database or disk is full"};
}

Result<std::optional<Saved>> FaultyStore::load() {
  if (loads_fail_) return Error{"disk I/O error"};
  return inner_.load();
}

}  // namespace nape::store

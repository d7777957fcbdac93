// SPDX-License-Identifier: Apache-2.0
//
// What has been handed over and is not on disk yet, in order, bounded. Owned by a store; knows no
// disk. A checkpoint keeps its place among the effects, so that one held back by a failing disk
// cannot reopen a span that closed later.
#pragma once

#include <cstddef>
#include <deque>
#include <variant>

#include "store/store.hpp"

namespace nape::store {

/// False for effects that tell nothing a day later.
bool is_stored(const Effect& effect);

class Queue {
 public:
  struct Entry {
    Instant at;
    std::variant<Effect, Checkpoint> what;
  };

  explicit Queue(std::size_t limit) : limit_(limit) {}

  /// Beyond the limit the oldest effects are dropped.
  void add(Instant at, const Effects& effects);
  /// Supersedes an earlier checkpoint.
  void add(Instant at, Checkpoint checkpoint);
  /// Drops one entry that no disk will ever take.
  void drop(std::size_t index);
  void clear() { entries_.clear(); }

  const std::deque<Entry>& entries() const { return entries_; }
  Pending pending() const;

 private:
  void make_room();

  std::size_t limit_;
  std::size_t dropped_ = 0;
  std::deque<Entry> entries_;
};

}  // namespace nape::store

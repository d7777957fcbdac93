// SPDX-License-Identifier: Apache-2.0
#include "store/queue.hpp"

#include <algorithm>
#include <utility>

namespace nape::store {
namespace {

bool is_checkpoint(const Queue::Entry& entry) {
  return std::holds_alternative<Checkpoint>(entry.what);
}

}  // namespace

bool is_stored(const Effect& effect) {
  return !std::holds_alternative<PresenceChanged>(effect) &&
         !std::holds_alternative<StretchBegan>(effect) &&
         !std::holds_alternative<Withdraw>(effect) && !std::holds_alternative<Refused>(effect);
}

void Queue::add(Instant at, const Effects& effects) {
  for (const Effect& effect : effects) {
    if (!is_stored(effect)) continue;
    make_room();
    entries_.push_back({at, effect});
  }
}

void Queue::add(Instant at, Checkpoint checkpoint) {
  std::erase_if(entries_, is_checkpoint);
  entries_.push_back({at, std::move(checkpoint)});
}

void Queue::drop(std::size_t index) {
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index));
  ++dropped_;
}

Pending Queue::pending() const {
  const auto checkpoints = std::count_if(entries_.begin(), entries_.end(), is_checkpoint);
  return {entries_.size() - static_cast<std::size_t>(checkpoints), dropped_};
}

void Queue::make_room() {
  if (pending().effects < limit_) return;
  const auto oldest = std::find_if_not(entries_.begin(), entries_.end(), is_checkpoint);
  entries_.erase(oldest);
  ++dropped_;
}

}  // namespace nape::store

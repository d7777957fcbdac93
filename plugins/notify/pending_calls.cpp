// SPDX-License-Identifier: Apache-2.0
#include "notify/pending_calls.hpp"

#include <utility>

namespace nape::notify {

std::uint64_t PendingCalls::add(Time deadline, Done done) {
  calls_.emplace(++last_, Call{deadline, std::move(done)});
  return last_;
}

bool PendingCalls::end(std::uint64_t call, const Shown& shown) {
  const auto ended = calls_.extract(call);
  if (ended.empty()) return false;
  ended.mapped().done(shown);
  return true;
}

void PendingCalls::expire(Time now, const std::string& failure) {
  while (!calls_.empty() && calls_.begin()->second.deadline <= now) {
    end(calls_.begin()->first, {0, failure});
  }
}

void PendingCalls::fail_all(const std::string& failure) {
  // What a callback adds belongs to the next bus, not to the one that failed.
  for (const std::uint64_t last = last_; !calls_.empty() && calls_.begin()->first <= last;) {
    end(calls_.begin()->first, {0, failure});
  }
}

std::optional<PendingCalls::Time> PendingCalls::deadline() const {
  if (calls_.empty()) return std::nullopt;
  return calls_.begin()->second.deadline;
}

}  // namespace nape::notify

// SPDX-License-Identifier: Apache-2.0
//
// Calls of the notification server that wait for their end, each with a deadline on the boot clock.
// Every call ends exactly once. Callbacks may add calls.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "notify/notification_server.hpp"

namespace nape::notify {

class PendingCalls {
 public:
  using Time = std::chrono::milliseconds;
  using Done = std::function<void(const Shown&)>;

  /// Returns the call's number. Deadlines never fall from one call to the next.
  std::uint64_t add(Time deadline, Done done);

  bool is_pending(std::uint64_t call) const { return calls_.contains(call); }

  /// False: it has ended before.
  bool end(std::uint64_t call, const Shown& shown);

  /// Ends those whose deadline has come.
  void expire(Time now, const std::string& failure);
  void fail_all(const std::string& failure);

  std::optional<Time> deadline() const;

 private:
  struct Call {
    Time deadline;
    Done done;
  };
  std::uint64_t last_ = 0;
  std::map<std::uint64_t, Call> calls_;
};

}  // namespace nape::notify

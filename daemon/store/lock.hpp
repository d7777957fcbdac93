// SPDX-License-Identifier: Apache-2.0
//
// One daemon to a database: a lock on the file "DATABASE.lock", which holds the owner's process id.
// The kernel frees it with the process, so a crash leaves nothing to clean up. Readers need no
// lock.
#pragma once

#include <string>

#include "core/result.hpp"

namespace nape::store {

class Lock {
 public:
  /// Fails at once, naming the other process, if there is one.
  static Result<Lock> take(const std::string& database);
  ~Lock();
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;

 private:
  explicit Lock(int file) : file_(file) {}
  int file_;
};

}  // namespace nape::store

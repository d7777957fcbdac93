// SPDX-License-Identifier: Apache-2.0
#include "store/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "voice/tr.hpp"

namespace nape::store {
namespace {

long holder(int file) {
  std::array<char, 32> text{};
  if (pread(file, text.data(), text.size() - 1, 0) <= 0) return 0;
  return std::strtol(text.data(), nullptr, 10);
}

}  // namespace

Result<Lock> Lock::take(const std::string& database) {
  const std::string path = database + ".lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return Error{path + ": " + std::strerror(errno)};
  Lock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Error{path + ": " + std::strerror(errno)};
    return Error{
        say("another naped (process {}) is using {}: stop it first, or give this one "
            "another NAPE_STATE_DIR",
            holder(file), database)};
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  // The number is only for the sentence above: on a full disk it is missing, and the lock holds all
  // the same.
  if (ftruncate(file, 0) == 0) (void)!pwrite(file, pid.data(), pid.size(), 0);
  return lock;
}

Lock::~Lock() {
  if (file_ >= 0) close(file_);
}

Lock::Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

}  // namespace nape::store

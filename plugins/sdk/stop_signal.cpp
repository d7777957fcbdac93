// SPDX-License-Identifier: Apache-2.0
#include "sdk/stop_signal.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>

namespace nape::sdk {
namespace {

volatile std::sig_atomic_t stop_fd = -1;

extern "C" void on_stop_signal(int) {
  const int saved_errno = errno;
  const std::uint64_t one = 1;
  // An eventfd holds the count; a failed write means that it is already readable.
  [[maybe_unused]] const ssize_t n = write(stop_fd, &one, sizeof one);
  alarm(2);
  errno = saved_errno;
}

}  // namespace

int watch_stop_signals() {
  stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  struct sigaction action {};
  action.sa_handler = on_stop_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
  return stop_fd;
}

void limit_ending() { alarm(2); }

}  // namespace nape::sdk

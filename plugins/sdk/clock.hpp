// SPDX-License-Identifier: Apache-2.0
//
// The one clock of the plugin protocol: CLOCK_BOOTTIME, which also runs while the machine sleeps.
// Milliseconds, as in every `boot_ms` of the frames. A plugin asks for no other time.
#pragma once

#include <time.h>

#include <chrono>

namespace nape::sdk {

inline std::chrono::milliseconds boot_now() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec});
}

}  // namespace nape::sdk

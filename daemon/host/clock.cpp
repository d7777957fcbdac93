// SPDX-License-Identifier: Apache-2.0
#include "host/clock.hpp"

#include <time.h>

#include <fstream>

namespace nape::host {
namespace {

constexpr Duration shortest_suspend = std::chrono::seconds(1);
constexpr Duration shortest_step = std::chrono::seconds(2);
// Between two clocks of one reading the process can lose the processor, or the machine fall asleep.
constexpr Duration steady_reading = std::chrono::milliseconds(5);
constexpr int attempts = 4;

Duration read_clock(clockid_t id) {
  timespec at{};
  clock_gettime(id, &at);
  return std::chrono::duration_cast<Duration>(std::chrono::seconds(at.tv_sec) +
                                              std::chrono::nanoseconds(at.tv_nsec));
}

Duration slept_until(const Reading& reading) {
  return reading.now.boot.time_since_epoch() - reading.monotonic;
}

Duration wall_against_boot(const Instant& now) {
  return now.wall.time_since_epoch() - now.boot.time_since_epoch();
}

}  // namespace

Reading RealClock::read() {
  Reading reading;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    reading.monotonic = read_clock(CLOCK_MONOTONIC);
    reading.now.wall = WallTime(read_clock(CLOCK_REALTIME));
    const Duration boot = read_clock(CLOCK_BOOTTIME);
    reading.now.boot = BootTime(boot);
    if (read_clock(CLOCK_MONOTONIC) - reading.monotonic < steady_reading) break;
  }
  return reading;
}

Result<std::string> boot_id() {
  const std::string path = "/proc/sys/kernel/random/boot_id";
  std::ifstream file(path);
  std::string id;
  if (!std::getline(file, id) || id.empty()) return Error{"cannot read '" + path + "'"};
  return id;
}

ClockWatch::ClockWatch(const Reading& first)
    : slept_(slept_until(first)), wall_(wall_against_boot(first.now)) {}

ClockNews ClockWatch::look(const Reading& reading) {
  ClockNews news;
  const Duration step = wall_against_boot(reading.now) - wall_;
  if (std::chrono::abs(step) > shortest_step) {
    news.stepped = step;
    wall_ += step;
  }
  const Duration slept = slept_until(reading) - slept_;
  if (slept > shortest_suspend) {
    const Instant end{reading.now.boot, reading.now.wall - news.stepped};
    news.suspend = ClockNews::Suspend{end.after(-slept), end};
    slept_ += slept;
  }
  return news;
}

}  // namespace nape::host

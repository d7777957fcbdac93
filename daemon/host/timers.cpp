// SPDX-License-Identifier: Apache-2.0
#include "host/timers.hpp"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace nape::host {
namespace {

using boost::asio::posix::stream_descriptor;

// Some centuries ahead: the timer is there to be cancelled.
constexpr time_t far_future = time_t{1} << 33;

itimerspec at(BootTime due) {
  // Zero would disarm the timer; the epoch of the boot clock has always passed.
  const auto since_boot = std::max(due.time_since_epoch(), Duration(1));
  const auto whole = std::chrono::floor<std::chrono::seconds>(since_boot);
  itimerspec spec{};
  spec.it_value.tv_sec = whole.count();
  spec.it_value.tv_nsec = std::chrono::nanoseconds(since_boot - whole).count();
  return spec;
}

}  // namespace

struct BootTimer::Inner : std::enable_shared_from_this<Inner> {
  Inner(boost::asio::io_context& loop, std::function<void()> callback)
      : fd(loop, timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK)),
        on_due(std::move(callback)) {}

  void set(std::optional<BootTime> to) {
    due = to;
    const itimerspec spec = to ? at(*to) : itimerspec{};
    timerfd_settime(fd.native_handle(), TFD_TIMER_ABSTIME, &spec, nullptr);
    if (!waiting && to) wait();
  }

  void wait() {
    waiting = true;
    fd.async_wait(stream_descriptor::wait_read,
                  [self = shared_from_this()](const boost::system::error_code& error) {
                    self->waiting = false;
                    if (!error && !self->ended) self->woken();
                  });
  }

  void woken() {
    std::uint64_t expirations = 0;
    // Nothing to read: it was armed anew after it had fired.
    const bool fired = ::read(fd.native_handle(), &expirations, sizeof expirations) > 0;
    if (!fired || !due) {
      if (due) wait();
      return;
    }
    due.reset();
    // A copy: the callback may destroy the timer.
    const auto callback = on_due;
    callback();
  }

  stream_descriptor fd;
  std::function<void()> on_due;
  std::optional<BootTime> due;
  bool waiting = false;
  bool ended = false;
};

BootTimer::BootTimer(boost::asio::io_context& loop, std::function<void()> on_due)
    : inner_(std::make_shared<Inner>(loop, std::move(on_due))) {}

BootTimer::~BootTimer() {
  inner_->ended = true;
  boost::system::error_code ignored;
  inner_->fd.close(ignored);
}

void BootTimer::arm(BootTime due) {
  if (inner_->due != due) inner_->set(due);
}

void BootTimer::disarm() {
  if (inner_->due) inner_->set(std::nullopt);
}

std::optional<BootTime> BootTimer::armed() const { return inner_->due; }

struct WallStepWatch::Inner : std::enable_shared_from_this<Inner> {
  Inner(boost::asio::io_context& loop, std::function<void()> callback)
      : fd(loop, timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK)),
        on_set(std::move(callback)) {}

  void wait() {
    itimerspec spec{};
    spec.it_value.tv_sec = far_future;
    timerfd_settime(fd.native_handle(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec,
                    nullptr);
    fd.async_wait(stream_descriptor::wait_read,
                  [self = shared_from_this()](const boost::system::error_code& error) {
                    if (!error && !self->ended) self->woken();
                  });
  }

  void woken() {
    std::uint64_t expirations = 0;
    const ssize_t n = ::read(fd.native_handle(), &expirations, sizeof expirations);
    const bool was_set = n < 0 && errno == ECANCELED;
    wait();
    if (!was_set) return;
    const auto callback = on_set;
    callback();
  }

  stream_descriptor fd;
  std::function<void()> on_set;
  bool ended = false;
};

WallStepWatch::WallStepWatch(boost::asio::io_context& loop, std::function<void()> on_set)
    : inner_(std::make_shared<Inner>(loop, std::move(on_set))) {
  inner_->wait();
}

WallStepWatch::~WallStepWatch() {
  inner_->ended = true;
  boost::system::error_code ignored;
  inner_->fd.close(ignored);
}

}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
#include "host/sd_notify.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "host/timers.hpp"

namespace nape::host {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::optional<long long> number(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Duration> watchdog_from_environment() {
  const auto microseconds = number(environment("WATCHDOG_USEC"));
  if (!microseconds || *microseconds <= 0) return std::nullopt;
  const std::string_view pid = environment("WATCHDOG_PID");
  if (!pid.empty() && number(pid) != getpid()) return std::nullopt;
  return std::chrono::duration_cast<Duration>(std::chrono::microseconds(*microseconds)) / 2;
}

}  // namespace

SdNotify::SdNotify()
    : address_(environment("NOTIFY_SOCKET")), watchdog_(watchdog_from_environment()) {}

void SdNotify::ready(std::string_view status) const {
  send(fmt::format("READY=1\nSTATUS={}", status));
}

void SdNotify::reloading(const Reading& reading) const {
  const auto at = std::chrono::duration_cast<std::chrono::microseconds>(reading.monotonic);
  send(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", at.count()));
}

void SdNotify::stopping() const { send("STOPPING=1"); }

void SdNotify::status(std::string_view line) const { send(fmt::format("STATUS={}", line)); }

void SdNotify::alive() const { send("WATCHDOG=1"); }

void SdNotify::send(std::string_view state) const {
  sockaddr_un to{};
  if (address_.empty() || address_.size() >= sizeof to.sun_path) return;
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, address_.data(), address_.size());
  // An abstract socket's name begins with a zero byte and is exactly as long as it says.
  const bool is_abstract = to.sun_path[0] == '@';
  if (is_abstract) to.sun_path[0] = '\0';
  const std::size_t length =
      offsetof(sockaddr_un, sun_path) + address_.size() + (is_abstract ? 0 : 1);
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return;
  sendto(fd, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to),
         static_cast<socklen_t>(length));
  close(fd);
}

struct Watchdog::Inner {
  Inner(boost::asio::io_context& loop, Clock& clock_to_read, const SdNotify& to_tell)
      : clock(clock_to_read), notify(to_tell), timer(loop, [this] { say_alive(); }) {}

  void say_alive() {
    notify.alive();
    timer.arm(clock.read().now.boot + *notify.watchdog());
  }

  Clock& clock;
  const SdNotify& notify;
  BootTimer timer;
};

Watchdog::Watchdog(boost::asio::io_context& loop, Clock& clock, const SdNotify& notify) {
  if (!notify.watchdog()) return;
  inner_ = std::make_unique<Inner>(loop, clock, notify);
  inner_->say_alive();
}

Watchdog::~Watchdog() = default;

}  // namespace nape::host

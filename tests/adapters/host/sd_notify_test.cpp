// SPDX-License-Identifier: Apache-2.0
#include "host/sd_notify.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace nape::host {
namespace {

// Listens as systemd does, on a path or, where the name begins with '@', on an abstract name.
class Listener {
 public:
  explicit Listener(const std::string& name) : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::memcpy(at.sun_path, name.data(), name.size());
    if (name.front() == '@') at.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    if (bind(fd_, reinterpret_cast<const sockaddr*>(&at), length) != 0) std::abort();
    setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  ~Listener() {
    close(fd_);
    unsetenv("NOTIFY_SOCKET");
  }
  /// Empty: nothing was sent.
  std::string next() const {
    std::array<char, 4096> bytes;
    const ssize_t n = recv(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    return n < 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(n));
  }

 private:
  int fd_;
};

std::string abstract_name() { return "@nape-test-" + std::to_string(getpid()); }

TEST(SdNotify, says_ready_reloading_stopping_and_status_on_an_abstract_socket) {
  const Listener listener(abstract_name());
  const SdNotify notify;
  notify.ready("2 plugins");
  EXPECT_EQ(listener.next(), "READY=1\nSTATUS=2 plugins");
  notify.reloading({{}, std::chrono::milliseconds(1234)});
  EXPECT_EQ(listener.next(), "RELOADING=1\nMONOTONIC_USEC=1234000");
  notify.status("resting");
  EXPECT_EQ(listener.next(), "STATUS=resting");
  notify.stopping();
  EXPECT_EQ(listener.next(), "STOPPING=1");
}

TEST(SdNotify, speaks_to_a_socket_with_a_path) {
  std::string directory = testing::TempDir() + "nape-notify-XXXXXX";
  ASSERT_NE(mkdtemp(directory.data()), nullptr);
  {
    const Listener listener(directory + "/socket");
    SdNotify().stopping();
    EXPECT_EQ(listener.next(), "STOPPING=1");
  }
  std::filesystem::remove_all(directory);
}

TEST(SdNotify, where_nobody_listens_nothing_happens) {
  unsetenv("NOTIFY_SOCKET");
  SdNotify().ready("");
  setenv("NOTIFY_SOCKET", "/nonexistent/socket", 1);
  SdNotify().ready("");
  setenv("NOTIFY_SOCKET", std::string(300, 'x').c_str(), 1);
  SdNotify().ready("");
  unsetenv("NOTIFY_SOCKET");
}

TEST(SdNotify, a_watchdog_is_fed_at_half_its_time_and_only_if_it_is_ours) {
  EXPECT_FALSE(SdNotify().watchdog());
  setenv("WATCHDOG_USEC", "1200000000", 1);
  EXPECT_EQ(SdNotify().watchdog(), std::optional<Duration>(std::chrono::minutes(10)));
  setenv("WATCHDOG_PID", "1", 1);
  EXPECT_FALSE(SdNotify().watchdog());
  setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
  EXPECT_TRUE(SdNotify().watchdog());
  setenv("WATCHDOG_USEC", "12x", 1);
  EXPECT_FALSE(SdNotify().watchdog());
  unsetenv("WATCHDOG_USEC");
  unsetenv("WATCHDOG_PID");
}

TEST(Watchdog, says_that_the_loop_lives_again_and_again) {
  setenv("WATCHDOG_USEC", "20000", 1);
  const Listener listener(abstract_name());
  const SdNotify notify;
  unsetenv("WATCHDOG_USEC");
  boost::asio::io_context loop{1};
  RealClock clock;
  const Watchdog watchdog(loop, clock, notify);
  EXPECT_EQ(listener.next(), "WATCHDOG=1");
  for (int round = 0; round < 3; ++round) {
    ASSERT_EQ(loop.run_one_for(std::chrono::seconds(5)), 1U);
    EXPECT_EQ(listener.next(), "WATCHDOG=1");
  }
}

}  // namespace
}  // namespace nape::host

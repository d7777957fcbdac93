// SPDX-License-Identifier: Apache-2.0
#include "cli/client.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/http_answer.hpp"
#include "voice/tr.hpp"

namespace nape::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t largest_answer = 16 * 1024 * 1024;

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Failure broken(std::string what) { return {Failure::Why::broken, {}, std::move(what)}; }

/// False when time has run out.
bool wait_for(int descriptor, short what, Clock::time_point until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd one{descriptor, what, 0};
    const int ready = ::poll(&one, 1, static_cast<int>(std::min<long>(left, 3'600'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

std::optional<Failure> send_all(int descriptor, std::string_view bytes, Clock::time_point until) {
  while (!bytes.empty()) {
    const ssize_t sent =
        ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EINTR) {
      if (!wait_for(descriptor, POLLOUT, until)) return broken(tr("The daemon takes nothing in."));
    } else if (errno == EPIPE) {
      // It has seen enough; what it said of it may wait to be read.
      return std::nullopt;
    } else {
      return broken(say("The daemon hung up: {0}.", std::strerror(errno)));
    }
  }
  return std::nullopt;
}

/// Until the other side closes, as it was asked to.
Answer<std::string> receive_all(int descriptor, Clock::time_point until) {
  std::string bytes;
  char buffer[16 * 1024];
  for (;;) {
    if (!wait_for(descriptor, POLLIN, until))
      return broken(tr("The daemon does not answer in time."));
    const ssize_t got = ::recv(descriptor, buffer, sizeof buffer, 0);
    if (got == 0) return bytes;
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return broken(say("The daemon hung up: {0}.", std::strerror(errno)));
    bytes.append(buffer, static_cast<std::size_t>(got));
    if (bytes.size() > largest_answer) return broken(tr("The answer is too long."));
  }
}

std::optional<Failure> connect_to(int descriptor, const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return broken(say("The path of the socket is too long: {0}.", path));
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return std::nullopt;
  if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR) {
    return Failure{Failure::Why::not_running,
                   {},
                   say("naped is not running here (nobody listens at {0}).", path)};
  }
  return broken(say("Cannot reach the daemon at {0}: {1}.", path, std::strerror(errno)));
}

std::string request_text(std::string_view method, Client::Codec codec, std::string_view body) {
  return fmt::format(
      "POST /nape.v1.Control/{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/{}\r\n"
      "Connect-Protocol-Version: 1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
      method, codec == Client::Codec::json ? "json" : "proto", body.size(), body);
}

}  // namespace

Answer<std::string> Client::call(std::string_view method, Codec codec, std::string_view body,
                                 std::chrono::milliseconds patience) const {
  const auto until = Clock::now() + patience;
  const Socket connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connection.descriptor() < 0) return broken(std::strerror(errno));
  if (auto failure = connect_to(connection.descriptor(), socket_)) return *failure;
  if (auto failure = send_all(connection.descriptor(), request_text(method, codec, body), until))
    return *failure;
  auto received = receive_all(connection.descriptor(), until);
  if (auto* failure = std::get_if<Failure>(&received)) return std::move(*failure);
  return read_answer(std::get<std::string>(received));
}

}  // namespace nape::cli

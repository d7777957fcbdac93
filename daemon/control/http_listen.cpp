// SPDX-License-Identifier: Apache-2.0
#include "control/http_listen.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

namespace nape::control {
namespace {

constexpr int backlog = 64;

std::string reason() { return std::generic_category().message(errno); }

int new_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

/// None unless `text` is an address of this machine's loopback.
std::optional<Address> loopback(const std::string& text, std::uint16_t port) {
  Address out;
  auto& v4 = reinterpret_cast<sockaddr_in&>(out.storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(out.storage);
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    out.size = sizeof v4;
    return ntohl(v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET ? std::optional(out) : std::nullopt;
  }
  if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) != 1) return std::nullopt;
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  out.size = sizeof v6;
  return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) ? std::optional(out) : std::nullopt;
}

std::uint16_t bound_port(int socket) {
  Address bound;
  bound.size = sizeof bound.storage;
  getsockname(socket, bound.get(), &bound.size);
  return ntohs(bound.storage.ss_family == AF_INET6
                   ? reinterpret_cast<sockaddr_in6&>(bound.storage).sin6_port
                   : reinterpret_cast<sockaddr_in&>(bound.storage).sin_port);
}

/// The listening socket, or -1 with errno.
int bind_and_listen(Address address) {
  const int made = new_socket(address.storage.ss_family);
  if (made < 0) return -1;
  // A restart must not wait for the connections of the daemon before it.
  const int yes = 1;
  setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(made, address.get(), address.size) == 0 && ::listen(made, backlog) == 0) return made;
  const int why = errno;
  close(made);
  errno = why;
  return -1;
}

Result<sockaddr_un> unix_address(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof address.sun_path) {
    return Error{"the path is longer than " + std::to_string(sizeof address.sun_path - 1) +
                 " bytes, the most that a Unix socket can have"};
  }
  std::memcpy(address.sun_path, path.c_str(), path.native().size() + 1);
  return address;
}

Result<void> make_private_directory(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory.parent_path(), error);
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
    return Error{"make directory '" + directory.string() + "': " + reason()};
  struct stat found {};
  if (stat(directory.c_str(), &found) != 0 || !S_ISDIR(found.st_mode))
    return Error{"'" + directory.string() + "' is not a directory"};
  if (found.st_uid != geteuid())
    return Error{"directory '" + directory.string() + "' belongs to another user"};
  if ((found.st_mode & 022) != 0)
    return Error{"others can write to directory '" + directory.string() + "': chmod it to 700"};
  return {};
}

/// Removes the socket that a daemon left behind when it was killed.
Result<void> clear_stale(const sockaddr_un& address) {
  struct stat found {};
  if (lstat(address.sun_path, &found) != 0) return {};
  if (!S_ISSOCK(found.st_mode)) return Error{"there is something else that is not a socket"};
  const int probe = new_socket(AF_UNIX);
  const int connected = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int why = errno;
  close(probe);
  // A full backlog (EAGAIN) is a living daemon too.
  if (connected == 0 || why != ECONNREFUSED) return Error{"another daemon serves it"};
  if (unlink(address.sun_path) != 0) return Error{"remove the stale socket: " + reason()};
  return {};
}

}  // namespace

Result<TcpListener> listen_tcp(const std::string& address, std::uint16_t first_port,
                               std::uint16_t last_port) {
  // Wider than a port, so that the loop ends at 65535.
  for (std::uint32_t port = first_port; port <= last_port; ++port) {
    const auto where = loopback(address, static_cast<std::uint16_t>(port));
    if (!where) return Error{"'" + address + "' is no address of loopback"};
    const int made = bind_and_listen(*where);
    if (made >= 0) {
      const bool v6 = where->storage.ss_family == AF_INET6;
      return TcpListener{made, v6 ? "[" + address + "]" : address, bound_port(made)};
    }
    if (errno != EADDRINUSE) break;
  }
  const std::string range =
      last_port > first_port ? " to " + std::to_string(last_port) : std::string();
  return Error{"listen on " + address + ", port " + std::to_string(first_port) + range + ": " +
               reason()};
}

Result<int> listen_unix(const std::filesystem::path& path) {
  const auto context = "serve '" + path.string() + "'";
  auto address = unix_address(path);
  if (!address) return std::move(address).error().in(context);
  if (auto made = make_private_directory(path.parent_path()); !made)
    return std::move(made).error().in(context);
  if (auto cleared = clear_stale(*address); !cleared) return std::move(cleared).error().in(context);
  Address where;
  std::memcpy(&where.storage, &*address, sizeof *address);
  where.size = sizeof *address;
  // The mode must be right from the first moment: chmod() afterwards would leave a gap.
  const mode_t before = umask(0177);
  const int made = bind_and_listen(where);
  umask(before);
  if (made < 0) return Error{context + ": " + reason()};
  return made;
}

}  // namespace nape::control

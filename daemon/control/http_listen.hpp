// SPDX-License-Identifier: Apache-2.0
//
// Opens the listening sockets: non-blocking, close-on-exec. The caller owns what it gets.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/result.hpp"

namespace nape::control {

struct TcpListener {
  int socket = -1;
  std::string host;  ///< as a Host header names it: "127.0.0.1", "[::1]"
  std::uint16_t port = 0;
};
/// At the first free port of the range. Refuses what is not loopback: another address would need
/// TLS and a token.
Result<TcpListener> listen_tcp(const std::string& address, std::uint16_t first_port,
                               std::uint16_t last_port);

/// A socket that only its user can connect to. Its directory is made, for that user alone, if need
/// be; one that others can write to is refused. A stale socket is replaced; one that is served is
/// an error, and so is anything at `path` that is no socket.
Result<int> listen_unix(const std::filesystem::path& path);

}  // namespace nape::control

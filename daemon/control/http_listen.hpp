// SPDX-License-Identifier: Apache-2.0
//
// Opens the listening sockets: non-blocking, close-on-exec. The caller owns what it gets.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace nape::control {

/// Where to try to listen: the first port that is free is taken.
struct TcpPlan {
  bool off = false;
  std::string address = "127.0.0.1";  ///< "::1" without brackets
  std::vector<std::uint16_t> ports;
};

/// Reads "ADDRESS:PORT", "off", or the empty text: 127.0.0.1 with 16273 to 16282. Refuses what is
/// not loopback: another address would need TLS and a token.
Result<TcpPlan> plan_tcp(std::string_view listen);

struct TcpListener {
  int socket = -1;
  std::string address;  ///< as a Host header names it: "127.0.0.1", "[::1]"
  std::uint16_t port = 0;
};
Result<TcpListener> listen_tcp(const TcpPlan& plan);

/// A socket that only its user can connect to. Its directory is made, for that user alone, if need
/// be; one that others can write to is refused. A stale socket is replaced; one that is served is
/// an error, and so is anything at `path` that is no socket.
Result<int> listen_unix(const std::filesystem::path& path);

}  // namespace nape::control

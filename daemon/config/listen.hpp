// SPDX-License-Identifier: Apache-2.0
//
// Where HTTP is served: loopback only. Any other address needs TLS and a token, which this version
// does not have, so it is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace nape::config {

struct Listen {
  bool on = true;
  /// "127.0.0.1" or "::1".
  std::string address = "127.0.0.1";
  std::uint16_t port = 16273;
  /// Nobody named the port: where it is taken, the next free one up to `last_port` will do.
  bool is_default = true;
  friend bool operator==(const Listen&, const Listen&) = default;

  static constexpr std::uint16_t last_port = 16282;
};

/// "127.0.0.1:16273", "[::1]:16273", "localhost:16273", or "off". Port 0 is any free one.
Result<Listen> listen_from(std::string_view text);

}  // namespace nape::config

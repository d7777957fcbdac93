// SPDX-License-Identifier: Apache-2.0
//
// One connection from its first byte to its last: reads requests in turn, answers in order, keeps
// the limits of time and size. Inside of the HTTP server only. The server holds it; it says when it
// has ended.
#pragma once

#include <functional>
#include <memory>

#include "control/http_core.hpp"

namespace nape::control {

class HttpSession {
 public:
  /// Takes the connected, non-blocking `socket` over and begins to read. `ended` is called once,
  /// unless close() comes first.
  static std::shared_ptr<HttpSession> start(boost::asio::io_context& loop, int socket,
                                            HttpPeer peer, std::shared_ptr<HttpCore> core,
                                            std::function<void(HttpSession*)> ended);
  virtual ~HttpSession() = default;
  virtual void close() = 0;
  virtual const HttpPeer& peer() const = 0;
};

}  // namespace nape::control

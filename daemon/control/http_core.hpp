// SPDX-License-Identifier: Apache-2.0
//
// What all connections of a server share, and the judgement of a request's head. Inside of the HTTP
// server only; no socket, no Beast.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "control/http_server.hpp"
#include "control/peer_uid.hpp"

namespace nape::control {

struct HttpRoute {
  std::string path;
  std::vector<std::string> methods;
  HttpHandler handler;
};

/// Who is connected; `ends` for TCP, to ask for the uid again.
struct HttpPeer {
  Transport transport = Transport::tcp;
  uid_t uid = 0;
  std::optional<TcpEnds> ends;
};

struct HttpCore {
  HttpOptions options;
  std::vector<std::string> authorities;
  std::vector<HttpRoute> routes;
  HttpCounts counts;

  /// The route with the longest match; null if there is none.
  const HttpRoute* find(std::string_view path) const;
  /// The answer to a request that goes no further than its head; none if its body may be read. Sets
  /// its access.
  std::optional<HttpResponse> judge(HttpRequest& request) const;
  /// The peer is still who it was when it was accepted, and still there.
  bool is_same(const HttpPeer& peer) const;
};

}  // namespace nape::control

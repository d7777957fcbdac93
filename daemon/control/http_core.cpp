// SPDX-License-Identifier: Apache-2.0
#include "control/http_core.hpp"

#include <algorithm>

#include "control/http_guard.hpp"

namespace nape::control {
namespace {

bool matches(const HttpRoute& route, std::string_view path) {
  return route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path;
}

bool allows(const HttpRoute& route, std::string_view method) {
  return std::find(route.methods.begin(), route.methods.end(), method) != route.methods.end();
}

HttpResponse wrong_method(const HttpRoute& route) {
  std::string allow;
  for (const auto& method : route.methods) {
    allow += (allow.empty() ? "" : ", ") + method;
    if (method == "GET") allow += ", HEAD";
  }
  auto response = http_problem(405, "This path answers " + allow + " only.");
  response.headers.emplace_back("Allow", allow);
  return response;
}

/// A request whose body cannot be found for sure is how one request is smuggled inside another.
std::optional<HttpResponse> doubtful_body(const HttpRequest& request) {
  const std::string coding = request.header("Transfer-Encoding");
  if (!coding.empty() && !request.header("Content-Length").empty())
    return http_problem(400, "Give either Content-Length or Transfer-Encoding.");
  if (!coding.empty() && !same_word(coding, "chunked"))
    return http_problem(501, "The only transfer coding understood is chunked.");
  const std::string expect = request.header("Expect");
  if (!expect.empty() && !same_word(expect, "100-continue"))
    return http_problem(417, "The only expectation understood is 100-continue.");
  return std::nullopt;
}

}  // namespace

const HttpRoute* HttpCore::find(std::string_view path) const {
  const HttpRoute* best = nullptr;
  for (const auto& route : routes) {
    if (matches(route, path) && (!best || route.path.size() > best->path.size())) best = &route;
  }
  return best;
}

std::optional<HttpResponse> HttpCore::judge(HttpRequest& request) const {
  if (auto doubtful = doubtful_body(request)) return doubtful;
  if (request.transport == Transport::tcp) {
    if (auto foreign = stranger_at_the_door(request.headers, authorities)) return foreign;
  }
  request.access = access_of(request.peer, options.access);
  if (!may(request.access, request.method, request.path))
    return http_problem(403, refusal(request.peer, options.settings_file));
  const HttpRoute* route = find(request.path);
  if (!route) return http_problem(404, "There is nothing at this path.");
  if (!allows(*route, request.method)) return wrong_method(*route);
  return std::nullopt;
}

bool HttpCore::is_same(const HttpPeer& peer) const {
  return !peer.ends || tcp_peer_uid(*peer.ends) == peer.uid;
}

}  // namespace nape::control

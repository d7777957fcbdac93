// SPDX-License-Identifier: Apache-2.0
//
// HTTP/1.1 on loopback TCP and on a Unix socket, one loop, one thread. It checks who asks
// (http_access.hpp), from where (http_guard.hpp) and how much, and hands what is left to the
// handlers of its routes. It knows nothing of metrics, pages or protobuf. While nobody is connected
// it holds no timer and the process is never woken.
//
// The server owns its listeners and connections; it must not outlive the io_context, and destroying
// it closes everything.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "control/http_access.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace boost::asio {
class io_context;
}

namespace nape::control {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

enum class Transport { tcp, unix_socket };

struct HttpRequest {
  /// "HEAD" is told as "GET": the server leaves the body out.
  std::string method;
  /// Up to the '?', not percent-decoded; begins with '/'. May hold bytes that are not UTF-8: never
  /// echo it.
  std::string path;
  std::string query;
  HttpHeaders headers;
  std::string body;
  uid_t peer = 0;
  Access access = Access::refused;
  Transport transport = Transport::tcp;
  Instant arrival;

  /// The values of all headers of this name in any case, joined by ", "; empty if there is none.
  std::string header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;
  std::string body;
  /// Beside those that the server sets itself; one of the same name replaces the server's (a page
  /// brings its own Content-Security-Policy and Cache-Control).
  HttpHeaders headers;
};

/// A plain sentence with a status: for people with curl.
HttpResponse http_problem(int status, std::string_view sentence);

/// One request waiting for its answer. Keep it to answer later; answer once. One that is dropped
/// unanswered is answered with 500.
class HttpExchange {
 public:
  virtual ~HttpExchange() = default;
  virtual void respond(HttpResponse response) = 0;
  /// Called at most once, if the peer goes away before the answer (one that has only closed its
  /// sending half counts as gone: whoever waits for long keeps his end open). Also ends what the
  /// handler holds for it: respond() is then a no-op.
  virtual void on_gone(std::function<void()> gone) = 0;
};
using Responder = std::shared_ptr<HttpExchange>;
using HttpHandler = std::function<void(const HttpRequest&, Responder)>;

struct HttpLimits {
  std::size_t header_bytes = 8 * 1024;
  std::uint64_t body_bytes = 1024 * 1024;
  /// From a connection, or from the first byte of a later request, to the end of that request.
  std::chrono::milliseconds request_time = std::chrono::seconds(5);
  /// Longer than the usual scrape interval of 60 s, so that Prometheus keeps its connection.
  std::chrono::milliseconds idle_time = std::chrono::seconds(90);
  std::chrono::milliseconds send_time = std::chrono::seconds(30);
  /// Connections at once: a class of peers cannot take the places of another.
  std::size_t own_tcp = 8;
  std::size_t readers_tcp = 4;
  std::size_t strangers_tcp = 2;
  std::size_t unix_socket = 32;
};

struct HttpOptions {
  /// Where to serve TCP, "127.0.0.1" or "::1": loopback only. Empty: nowhere.
  std::string address = "127.0.0.1";
  /// The first of these that is free is taken; 0 is any free one.
  std::uint16_t first_port = 16273;
  std::uint16_t last_port = 16282;
  /// The Unix socket; empty for none. Its directory is made, 0700, if need be.
  std::filesystem::path socket;
  AccessRules access;
  /// Named in refusals, so that people know where to write the line.
  std::string settings_file;
  HttpLimits limits;
  /// The time of this turn of the loop. Must be set.
  std::function<Instant()> now;
};

/// Connections and requests so far, and what became of the bad ones: for metrics.
struct HttpCounts {
  std::uint64_t connections = 0;
  std::uint64_t requests = 0;
  /// Malformed, too large, too slow, too many, or not allowed.
  std::uint64_t refused = 0;
  /// accept() failed, a handler threw.
  std::uint64_t faults = 0;
};

class HttpServer {
 public:
  /// Listens at once. Refuses an address that is taken, malformed or not loopback, and a socket
  /// that another daemon serves.
  static Result<std::unique_ptr<HttpServer>> open(boost::asio::io_context& loop,
                                                  HttpOptions options);
  virtual ~HttpServer() = default;

  /// `path` ending in '/' means everything below; the longest match wins. `methods` in capitals,
  /// HEAD comes with GET.
  virtual void route(std::string path, std::vector<std::string> methods, HttpHandler handler) = 0;
  /// The settings were read again: holds from the next request on.
  virtual void set_access(AccessRules rules) = 0;
  /// "127.0.0.1:16273"; empty while TCP is off.
  virtual std::string address() const = 0;
  virtual HttpCounts counts() const = 0;
  /// Closes listeners and connections. Safe twice.
  virtual void stop() = 0;
};

}  // namespace nape::control

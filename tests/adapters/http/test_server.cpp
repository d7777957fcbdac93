// SPDX-License-Identifier: Apache-2.0
//
// The real HTTP server and the real metrics page around a made-up person, for clients written in
// any language. It prints its address, serves until its standard input ends, and takes its settings
// as KEY=VALUE arguments.
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

#include "adapters/metrics/sample.hpp"
#include "control/http_server.hpp"
#include "metrics/catalogue.hpp"
#include "metrics/exposition.hpp"

namespace {

using namespace nape;
using namespace nape::control;

struct Settings {
  std::map<std::string, std::string> given;

  std::string text(const std::string& key, std::string otherwise) const {
    const auto found = given.find(key);
    return found == given.end() ? otherwise : found->second;
  }
  long number(const std::string& key, long otherwise) const {
    return std::atol(text(key, std::to_string(otherwise)).c_str());
  }
};

Instant now() {
  using namespace std::chrono;
  return {BootTime(duration_cast<Duration>(steady_clock::now().time_since_epoch())),
          time_point_cast<Duration>(system_clock::now())};
}

HttpOptions options_from(const Settings& settings) {
  HttpOptions options;
  options.address = settings.text("address", "127.0.0.1");
  options.first_port = static_cast<std::uint16_t>(settings.number("first_port", 0));
  options.last_port = static_cast<std::uint16_t>(settings.number("last_port", options.first_port));
  options.socket = settings.text("socket", "");
  options.settings_file = "/home/somebody/.config/nape/nape.toml";
  options.access.owner = static_cast<uid_t>(settings.number("owner", geteuid()));
  std::vector<std::string> unknown;
  options.access.metrics_readers = uids_of({settings.text("allow", "prometheus")}, unknown);
  if (const auto user = settings.text("personal", ""); !user.empty())
    options.access.personal_readers = uids_of({user}, unknown);
  auto& limits = options.limits;
  limits.request_time = Duration(
      settings.number("request_ms", std::chrono::milliseconds(limits.request_time).count()));
  limits.idle_time =
      Duration(settings.number("idle_ms", std::chrono::milliseconds(limits.idle_time).count()));
  limits.send_time =
      Duration(settings.number("send_ms", std::chrono::milliseconds(limits.send_time).count()));
  options.now = now;
  return options;
}

/// What a handler can do wrong and right.
class Site {
 public:
  explicit Site(HttpServer& server) : server_(server) {
    server.route("/metrics", {"GET"}, [this](auto& request, auto to) { metrics(request, to); });
    server.route("/echo", {"GET", "POST"}, [](auto& request, auto to) { echo(request, to); });
    server.route("/below/", {"GET"}, [](auto&, auto to) {
      to->respond({200, "text/plain", "below\n", {}});
    });
    server.route("/later", {"GET"}, [this](auto&, auto to) { later(to); });
    server.route("/release", {"POST"}, [this](auto&, auto to) { release(to); });
    server.route("/state", {"GET"}, [this](auto&, auto to) { state(to); });
    server.route("/throw", {"GET"},
                 [](auto&, auto) { throw std::runtime_error("a handler's bug"); });
    server.route("/drop", {"GET"}, [](auto&, auto) {});
    server.route("/empty", {"GET"}, [](auto&, auto to) { to->respond({204, "", "", {}}); });
    server.route("/large", {"GET"}, [](auto&, auto to) {
      to->respond({200, "text/plain", std::string(16 * 1024 * 1024, 'x'), {}});
    });
    server.route("/page", {"GET"}, [](auto&, auto to) {
      to->respond({200, "text/html", "<p>", {{"Content-Security-Policy", "default-src 'self'"}}});
    });
  }

 private:
  void metrics(const HttpRequest& request, const Responder& to) {
    auto snapshot = metrics::sample::snapshot();
    snapshot.totals.counts.keys += 10 * ++scrapes_;
    const auto profile = request.access == Access::metrics_team ? metrics::Profile::team
                                                                : metrics::Profile::personal;
    const auto format = metrics::format_for(request.header("Accept"));
    const auto families = catalogue_.collect(snapshot, metrics::sample::facts(), profile);
    to->respond({200,
                 std::string(metrics::content_type(format)),
                 metrics::render(families, format),
                 {{"Vary", "Accept"}}});
  }

  static void echo(const HttpRequest& request, const Responder& to) {
    to->respond({200,
                 "text/plain",
                 request.method + " " + std::to_string(request.body.size()) + " " +
                     std::to_string(request.peer) + " " + std::to_string(request.query.size()) +
                     " " + (request.transport == Transport::tcp ? "tcp" : "unix") + "\n",
                 {}});
  }

  void later(const Responder& to) {
    waiting_.push_back(to);
    to->on_gone([this] { ++gone_; });
  }

  void release(const Responder& to) {
    for (const auto& one : waiting_) one->respond({200, "text/plain", "released\n", {}});
    to->respond({200, "text/plain", std::to_string(waiting_.size()) + "\n", {}});
    waiting_.clear();
  }

  void state(const Responder& to) {
    const auto counts = server_.counts();
    to->respond({200,
                 "application/json",
                 "{\"waiting\":" + std::to_string(waiting_.size()) + ",\"gone\":" +
                     std::to_string(gone_) + ",\"requests\":" + std::to_string(counts.requests) +
                     ",\"connections\":" + std::to_string(counts.connections) +
                     ",\"refused\":" + std::to_string(counts.refused) +
                     ",\"faults\":" + std::to_string(counts.faults) + "}\n",
                 {}});
  }

  HttpServer& server_;
  metrics::Catalogue catalogue_;
  std::uint64_t scrapes_ = 0;
  std::vector<Responder> waiting_;
  int gone_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto equals = argument.find('=');
    settings.given[argument.substr(0, equals)] = argument.substr(equals + 1);
  }
  if (const auto files = settings.number("files", 0)) {
    const rlimit limit{static_cast<rlim_t>(files), static_cast<rlim_t>(files)};
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  boost::asio::io_context loop(1);
  auto server = HttpServer::open(loop, options_from(settings));
  if (!server) {
    std::cerr << server.error().what << '\n';
    return 1;
  }
  Site site(**server);
  std::cout << "address " << (*server)->address() << std::endl;
  boost::asio::posix::stream_descriptor input(loop, dup(STDIN_FILENO));
  std::array<char, 1> byte{};
  boost::asio::async_read(input, boost::asio::buffer(byte), [&](auto, auto) { (*server)->stop(); });
  loop.run();
}

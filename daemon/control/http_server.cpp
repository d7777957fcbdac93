// SPDX-License-Identifier: Apache-2.0
#include "control/http_server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <optional>
#include <set>

#include "control/http_core.hpp"
#include "control/http_guard.hpp"
#include "control/http_listen.hpp"
#include "control/http_session.hpp"
#include "control/http_text.hpp"

namespace nape::control {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Accepted in one turn of the loop, so that a flood of connections cannot keep the engine from its
/// deadlines.
constexpr int most_at_once = 16;
constexpr auto pause_after_fault = std::chrono::seconds(1);

/// Peers that share a number of places.
enum class Quota { own_tcp, readers_tcp, strangers_tcp, unix_socket };

/// The socket's file, to remove it at the end only while it is still ours.
struct SocketFile {
  std::filesystem::path path;
  dev_t device = 0;
  ino_t inode = 0;

  static SocketFile of(const std::filesystem::path& path) {
    struct stat found {};
    if (lstat(path.c_str(), &found) != 0) return {};
    return {path, found.st_dev, found.st_ino};
  }
  void remove() const {
    const auto now = of(path);
    if (!path.empty() && now.device == device && now.inode == inode) unlink(path.c_str());
  }
};

class Server final : public HttpServer {
 public:
  Server(asio::io_context& loop, HttpOptions options)
      : loop_(loop), core_(std::make_shared<HttpCore>()), pause_(loop) {
    core_->options = std::move(options);
  }
  ~Server() override { stop(); }

  Result<void> listen();
  void route(std::string path, std::vector<std::string> methods, HttpHandler handler) override {
    core_->routes.push_back({std::move(path), std::move(methods), std::move(handler)});
  }
  void set_access(AccessRules rules) override { core_->options.access = std::move(rules); }
  std::string address() const override { return address_; }
  HttpCounts counts() const override { return core_->counts; }
  void stop() override;

 private:
  struct Door {
    Door(asio::io_context& loop, int socket, Transport served)
        : listener(loop, socket), transport(served) {}
    asio::posix::stream_descriptor listener;
    Transport transport;
  };

  void wait_at(Door& door);
  void accept_at(Door& door);
  void admit(int socket, Transport transport);
  void rest_from(Door& door);
  Quota quota_of(const HttpPeer& peer) const;
  bool has_place(const HttpPeer& peer) const;

  asio::io_context& loop_;
  std::shared_ptr<HttpCore> core_;
  std::vector<std::unique_ptr<Door>> doors_;
  std::set<std::shared_ptr<HttpSession>> sessions_;
  asio::steady_timer pause_;
  /// Ends with stop(): what still waits in the loop's queue then finds neither this server nor its
  /// doors.
  std::shared_ptr<bool> open_ = std::make_shared<bool>(true);
  std::string address_;
  SocketFile socket_file_;
};

Result<void> Server::listen() {
  const auto& options = core_->options;
  if (!options.socket.empty()) {
    const auto made = listen_unix(options.socket);
    if (!made) return made.error();
    socket_file_ = SocketFile::of(options.socket);
    doors_.push_back(std::make_unique<Door>(loop_, *made, Transport::unix_socket));
  }
  if (!options.address.empty()) {
    const auto made = listen_tcp(options.address, options.first_port, options.last_port);
    if (!made) return made.error();
    doors_.push_back(std::make_unique<Door>(loop_, made->socket, Transport::tcp));
    address_ = made->host + ":" + std::to_string(made->port);
    core_->authorities = own_authorities(made->host, made->port);
  }
  for (const auto& door : doors_) wait_at(*door);
  return {};
}

void Server::wait_at(Door& door) {
  door.listener.async_wait(asio::posix::stream_descriptor::wait_read,
                           [this, &door, open = std::weak_ptr(open_)](error_code error) {
                             if (!error && !open.expired()) accept_at(door);
                           });
}

void Server::accept_at(Door& door) {
  for (int i = 0; i < most_at_once; ++i) {
    const int socket =
        accept4(door.listener.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0) {
      admit(socket, door.transport);
      continue;
    }
    if (errno == EINTR || errno == ECONNABORTED) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) break;
    ++core_->counts.faults;
    return rest_from(door);
  }
  wait_at(door);
}

/// Without a free descriptor the listener stays readable: waiting on it at once would be a busy
/// loop.
void Server::rest_from(Door& door) {
  pause_.expires_after(pause_after_fault);
  pause_.async_wait([this, &door, open = std::weak_ptr(open_)](error_code error) {
    if (!error && !open.expired()) wait_at(door);
  });
}

Quota Server::quota_of(const HttpPeer& peer) const {
  if (peer.transport == Transport::unix_socket) return Quota::unix_socket;
  switch (access_of(peer.uid, core_->options.access)) {
    case Access::everything:
      return Quota::own_tcp;
    case Access::metrics_personal:
    case Access::metrics_team:
      return Quota::readers_tcp;
    case Access::refused:
      break;
  }
  return Quota::strangers_tcp;
}

bool Server::has_place(const HttpPeer& peer) const {
  const auto& limits = core_->options.limits;
  const std::array places{limits.own_tcp, limits.readers_tcp, limits.strangers_tcp,
                          limits.unix_socket};
  const Quota quota = quota_of(peer);
  const auto taken = std::count_if(sessions_.begin(), sessions_.end(), [&](const auto& session) {
    return quota_of(session->peer()) == quota;
  });
  return static_cast<std::size_t>(taken) < places[static_cast<std::size_t>(quota)];
}

void Server::admit(int socket, Transport transport) {
  HttpPeer peer{transport, 0, {}};
  if (transport == Transport::tcp) peer.ends = tcp_ends(socket);
  std::optional<uid_t> uid;
  if (transport == Transport::unix_socket)
    uid = unix_peer_uid(socket);
  else if (peer.ends)
    uid = tcp_peer_uid(*peer.ends);
  // Nobody: whoever it was has already left.
  if (!uid) {
    ::close(socket);
    return;
  }
  peer.uid = *uid;
  ++core_->counts.connections;
  if (!has_place(peer)) {
    ++core_->counts.refused;
    const auto full = http_problem(503, "Too many connections at once.");
    const auto text = response_head(full, Connection::close, core_->options.now().wall) + full.body;
    // One try: whether the answer arrives is the client's concern.
    [[maybe_unused]] const auto sent =
        send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::close(socket);
    return;
  }
  sessions_.insert(
      HttpSession::start(loop_, socket, std::move(peer), core_, [this](HttpSession* session) {
        std::erase_if(sessions_, [&](const auto& one) { return one.get() == session; });
      }));
}

void Server::stop() {
  open_.reset();
  for (const auto& session : sessions_) session->close();
  sessions_.clear();
  doors_.clear();
  pause_.cancel();
  socket_file_.remove();
  socket_file_ = {};
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::open(asio::io_context& loop, HttpOptions options) {
  auto server = std::make_unique<Server>(loop, std::move(options));
  if (auto listening = server->listen(); !listening) return std::move(listening).error();
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace nape::control

// SPDX-License-Identifier: Apache-2.0
#include "control/http_session.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "control/http_guard.hpp"
#include "control/http_text.hpp"

namespace nape::control {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Socket = asio::generic::stream_protocol::socket;

/// How much of what a client still sends is read after an answer that ends the connection: closing
/// on unread bytes makes the kernel reset the connection, and the client would lose the answer.
constexpr std::size_t most_lingering_bytes = 4 * 1024 * 1024;
constexpr auto lingering_time = std::chrono::seconds(2);

HttpResponse answer_to(error_code error, const HttpLimits& limits) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return http_problem(431, "The request's head is longer than " +
                                 std::to_string(limits.header_bytes) + " bytes.");
  }
  if (error == http::error::body_limit) {
    return http_problem(413,
                        "The body is longer than " + std::to_string(limits.body_bytes) + " bytes.");
  }
  if (error == http::error::bad_version)
    return http_problem(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
  return http_problem(400, "This is not a well-formed HTTP/1.1 request.");
}

HttpRequest head_of(const http::request<http::string_body>& message, const HttpPeer& peer,
                    Instant now) {
  HttpRequest request;
  request.method = std::string(message.method_string());
  request.peer = peer.uid;
  request.transport = peer.transport;
  request.arrival = now;
  for (const auto& field : message)
    request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  return request;
}

class Session final : public HttpSession, public std::enable_shared_from_this<Session> {
 public:
  Session(asio::io_context& loop, Socket socket, HttpPeer peer, std::shared_ptr<HttpCore> core,
          std::function<void(HttpSession*)> ended)
      : socket_(std::move(socket)),
        timer_(loop),
        peer_(std::move(peer)),
        core_(std::move(core)),
        ended_(std::move(ended)),
        buffer_(2 * core_->options.limits.header_bytes) {}

  void begin() {
    within(core_->options.limits.request_time);
    read_head();
  }
  void close() override;
  const HttpPeer& peer() const override { return peer_; }

 private:
  class Exchange;

  void wait_for_request();
  void read_head();
  void on_head(error_code error);
  void on_request(error_code error);
  std::optional<HttpResponse> judge_head();
  void invite_body();
  void read_body();
  void dispatch();
  void watch_peer();
  void on_peer_moved(std::uint64_t turn);
  void respond(HttpResponse response);
  void refuse(HttpResponse response);
  void on_written(error_code error);
  void linger();
  void on_lingering(error_code error, std::size_t size);
  void on_read_error(error_code error);
  void end();

  void within(std::chrono::milliseconds time);
  void without_deadline() { timer_.expires_at(asio::steady_timer::time_point::max()); }
  /// After close() nothing may reach a handler, not even what had arrived before and waits in the
  /// loop's queue.
  bool is_open() const { return socket_.is_open(); }

  Socket socket_;
  asio::steady_timer timer_;
  HttpPeer peer_;
  std::shared_ptr<HttpCore> core_;
  std::function<void(HttpSession*)> ended_;

  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  HttpRequest request_;
  bool is_head_ = false;    ///< the request's method is HEAD
  bool timed_out_ = false;  ///< the deadline has cancelled the read
  bool keep_alive_ = true;
  /// Numbers the requests: an exchange of an earlier one has nothing to say any more.
  std::uint64_t turn_ = 0;
  bool answering_ = false;  ///< a handler has the request
  std::function<void()> gone_;
  std::string outgoing_;
  std::size_t lingered_ = 0;
};

/// What a handler holds. It does not keep the session alive: the server alone does.
class Session::Exchange final : public HttpExchange {
 public:
  explicit Exchange(Session& session) : session_(session.weak_from_this()), turn_(session.turn_) {}
  ~Exchange() override {
    if (waiting()) respond(http_problem(500, "The request was dropped without an answer."));
  }
  void respond(HttpResponse response) override {
    if (const auto session = waiting()) session->respond(std::move(response));
  }
  void on_gone(std::function<void()> gone) override {
    if (const auto session = waiting()) session->gone_ = std::move(gone);
  }

 private:
  std::shared_ptr<Session> waiting() const {
    auto session = session_.lock();
    const bool mine = session && session->turn_ == turn_ && session->answering_;
    return mine ? session : nullptr;
  }

  std::weak_ptr<Session> session_;
  std::uint64_t turn_;
};

void Session::within(std::chrono::milliseconds time) {
  timed_out_ = false;
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this()](error_code error) {
    // A wait that had already expired when it was cancelled still arrives without an error.
    if (error || self->timer_.expiry() > asio::steady_timer::clock_type::now()) return;
    self->timed_out_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void Session::wait_for_request() {
  if (buffer_.size() > 0) {
    within(core_->options.limits.request_time);
    return read_head();
  }
  within(core_->options.limits.idle_time);
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](error_code error) {
    if (error || !self->is_open()) return self->end();
    self->within(self->core_->options.limits.request_time);
    self->read_head();
  });
}

void Session::read_head() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(core_->options.limits.header_bytes));
  parser_->body_limit(core_->options.limits.body_bytes);
  http::async_read_header(
      socket_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, std::size_t) { self->on_head(error); });
}

void Session::on_head(error_code error) {
  if (!is_open()) return;
  if (error) return on_read_error(error);
  ++core_->counts.requests;
  keep_alive_ = parser_->keep_alive();
  if (auto problem = judge_head()) {
    ++core_->counts.refused;
    // The body of a refused request is not worth reading; what follows it cannot be found then. The
    // parser takes a coding that it does not know for no body at all.
    const bool has_body = !parser_->is_done() || !request_.header("Transfer-Encoding").empty();
    if (has_body) return refuse(std::move(*problem));
    return respond(std::move(*problem));
  }
  if (parser_->is_done()) return dispatch();
  request_.header("Expect").empty() ? read_body() : invite_body();
}

std::optional<HttpResponse> Session::judge_head() {
  const auto& message = parser_->get();
  request_ = head_of(message, peer_, core_->options.now());
  is_head_ = request_.method == "HEAD";
  if (is_head_) request_.method = "GET";
  const auto target = origin_form(std::string_view(message.target()), core_->authorities);
  if (!target) return http_problem(400, "The target must be a path that begins with /.");
  const auto mark = target->find('?');
  request_.path = target->substr(0, mark);
  request_.query = mark == std::string_view::npos ? "" : target->substr(mark + 1);
  return core_->judge(request_);
}

void Session::invite_body() {
  outgoing_ = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(socket_, asio::buffer(outgoing_),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      error || !self->is_open() ? self->end() : self->read_body();
                    });
}

void Session::read_body() {
  http::async_read(
      socket_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, std::size_t) { self->on_request(error); });
}

void Session::on_request(error_code error) {
  if (!is_open()) return;
  if (error) return on_read_error(error);
  dispatch();
}

void Session::on_read_error(error_code error) {
  if (error == asio::error::operation_aborted && timed_out_) {
    // A connection on which nothing was ever said is closed without a word.
    if (!parser_->got_some() && buffer_.size() == 0) return end();
    ++core_->counts.refused;
    return refuse(http_problem(408, "The request took too long to arrive."));
  }
  const bool malformed = error.category() == http::make_error_code(http::error{}).category();
  if (!malformed || error == http::error::end_of_stream) return end();
  ++core_->counts.refused;
  refuse(answer_to(error, core_->options.limits));
}

void Session::dispatch() {
  without_deadline();
  request_.body = std::move(parser_->get().body());
  if (!core_->is_same(peer_)) {
    ++core_->counts.refused;
    return refuse(http_problem(403, "The other end of this connection is no longer open."));
  }
  const HttpRoute* route = core_->find(request_.path);
  answering_ = true;
  const auto turn = turn_;
  try {
    route->handler(request_, std::make_shared<Exchange>(*this));
  } catch (const std::exception&) {
    ++core_->counts.faults;
    if (answering_ && turn == turn_)
      respond(http_problem(500, "This request could not be answered."));
  }
  if (answering_ && turn == turn_) watch_peer();
}

void Session::watch_peer() {
  socket_.async_wait(Socket::wait_read,
                     [self = shared_from_this(), turn = turn_](error_code error) {
                       if (!error) self->on_peer_moved(turn);
                     });
}

void Session::on_peer_moved(std::uint64_t turn) {
  if (!answering_ || turn != turn_) return;
  char byte = 0;
  error_code error;
  const auto size = socket_.receive(asio::buffer(&byte, 1), Socket::message_peek, error);
  if (error == asio::error::would_block) return watch_peer();
  // The next request is already there: it waits its turn in the kernel, and who sends it has not
  // gone.
  if (!error && size > 0) return;
  auto gone = std::exchange(gone_, nullptr);
  end();
  if (gone) gone();
}

void Session::refuse(HttpResponse response) {
  keep_alive_ = false;
  respond(std::move(response));
}

void Session::respond(HttpResponse response) {
  answering_ = false;
  ++turn_;
  gone_ = nullptr;
  error_code ignored;
  socket_.cancel(ignored);
  const auto connection = keep_alive_ ? Connection::keep_alive : Connection::close;
  outgoing_ = response_head(response, connection, core_->options.now().wall);
  if (!is_head_ && !is_bodyless(response.status)) outgoing_ += response.body;
  within(core_->options.limits.send_time);
  asio::async_write(
      socket_, asio::buffer(outgoing_),
      [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
}

void Session::on_written(error_code error) {
  is_head_ = false;
  outgoing_ = {};
  request_ = {};
  if (error || !is_open()) return end();
  keep_alive_ ? wait_for_request() : linger();
}

void Session::linger() {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  within(lingering_time);
  on_lingering({}, 0);
}

void Session::on_lingering(error_code error, std::size_t size) {
  lingered_ += size;
  if (error || !is_open() || lingered_ > most_lingering_bytes) return end();
  buffer_.clear();
  socket_.async_receive(buffer_.prepare(buffer_.max_size()),
                        [self = shared_from_this()](error_code failed, std::size_t got) {
                          self->on_lingering(failed, got);
                        });
}

void Session::close() {
  answering_ = false;
  gone_ = nullptr;
  ended_ = nullptr;
  timer_.cancel();
  error_code ignored;
  socket_.close(ignored);
}

void Session::end() {
  const auto ended = std::exchange(ended_, nullptr);
  close();
  if (ended) ended(this);
}

}  // namespace

std::shared_ptr<HttpSession> HttpSession::start(asio::io_context& loop, int socket, HttpPeer peer,
                                                std::shared_ptr<HttpCore> core,
                                                std::function<void(HttpSession*)> ended) {
  const bool tcp = peer.transport == Transport::tcp;
  // Answers are written whole: nothing is gained by waiting for more.
  const int yes = 1;
  if (tcp) setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const int family = tcp ? (peer.ends ? peer.ends->here.ss_family : AF_INET) : AF_UNIX;
  asio::generic::stream_protocol protocol(family, tcp ? IPPROTO_TCP : 0);
  Socket taken(loop, protocol, socket);
  error_code ignored;
  taken.non_blocking(true, ignored);
  auto session = std::make_shared<Session>(loop, std::move(taken), std::move(peer), std::move(core),
                                           std::move(ended));
  session->begin();
  return session;
}

}  // namespace nape::control

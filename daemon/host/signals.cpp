// SPDX-License-Identifier: Apache-2.0
#include "host/signals.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <utility>

namespace nape::host {

struct Signals::Inner : std::enable_shared_from_this<Inner> {
  Inner(boost::asio::io_context& loop, std::function<void()> stop, std::function<void()> reload)
      : set(loop, SIGINT, SIGTERM, SIGHUP),
        on_stop(std::move(stop)),
        on_reload(std::move(reload)) {}

  void wait() {
    set.async_wait([self = shared_from_this()](const boost::system::error_code& error, int signal) {
      if (error || self->ended) return;
      self->wait();
      const auto callback = signal == SIGHUP ? self->on_reload : self->on_stop;
      callback();
    });
  }

  boost::asio::signal_set set;
  std::function<void()> on_stop;
  std::function<void()> on_reload;
  bool ended = false;
};

Signals::Signals(boost::asio::io_context& loop, std::function<void()> on_stop,
                 std::function<void()> on_reload)
    : inner_(std::make_shared<Inner>(loop, std::move(on_stop), std::move(on_reload))) {
  std::signal(SIGPIPE, SIG_IGN);
  inner_->wait();
}

Signals::~Signals() {
  inner_->ended = true;
  boost::system::error_code ignored;
  inner_->set.cancel(ignored);
}

}  // namespace nape::host

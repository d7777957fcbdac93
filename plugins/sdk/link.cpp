// SPDX-License-Identifier: Apache-2.0
#include "sdk/link.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "sdk/clock.hpp"
#include "sdk/frame.hpp"
#include "sdk/json.hpp"
#include "sdk/text.hpp"

namespace nape::sdk {
namespace {

constexpr std::size_t flush_above_bytes = 32 * 1024;
constexpr std::size_t max_reason_bytes = 1024;

}  // namespace

void Link::send(v1::Observation frame) {
  if (frame.boot_ms() == 0) frame.set_boot_ms(boot_now().count());
  if (form_ == Form::json) {
    queue_ += to_json(frame);
    queue_ += '\n';
  } else if (!append_frame(frame, queue_)) {
    give_up(Exit::fault, "The plugin tried to send a frame of more than 64 KiB.");
  }
  if (queue_.size() > flush_above_bytes) flush();
}

void Link::send_health(v1::Health::Kind kind, v1::Health::State state, const std::string& reason) {
  v1::Observation frame;
  frame.mutable_health()->set_kind(kind);
  frame.mutable_health()->set_state(state);
  frame.mutable_health()->set_reason(clean_text(reason, max_reason_bytes));
  send(std::move(frame));
}

void Link::end(Exit exit) {
  if (!ended_) ended_ = exit;
}

void Link::give_up(Exit exit, const std::string& reason) {
  if (ended_) return;
  ended_ = exit;
  for (const v1::Health::Kind kind : kinds_) send_health(kind, v1::Health::STATE_LOST, reason);
}

void Link::flush() {
  std::size_t written = 0;
  while (written < queue_.size()) {
    const ssize_t n = write(out_fd_, queue_.data() + written, queue_.size() - written);
    if (n >= 0) {
      written += static_cast<std::size_t>(n);
    } else if (errno == EAGAIN) {
      // Somebody else made the pipe non-blocking; a frame must not be cut in two for that.
      pollfd writable{out_fd_, POLLOUT, 0};
      poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      end(errno == EPIPE ? Exit::asked : Exit::fault);
      break;
    }
  }
  queue_.clear();
}

}  // namespace nape::sdk

// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_process.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <deque>
#include <utility>

#include "host/plugin_spawn.hpp"

namespace nape::host {
namespace {

using boost::asio::posix::stream_descriptor;
using boost::system::error_code;

constexpr std::size_t most_queued_bytes = 256 * 1024;
constexpr std::size_t chunk_bytes = 4096;
// More than a pipe can hold: what is read after the end must not go on for ever.
constexpr std::size_t most_drained_bytes = 1024 * 1024 + chunk_bytes;

// One pipe that is read from, and whether anybody wants to hear it now.
struct Source {
  Source(boost::asio::io_context& loop, int descriptor) : fd(loop, descriptor) {}

  stream_descriptor fd;
  std::function<void(std::string_view)> on_bytes;
  std::function<void()> on_end;
  bool is_wanted = true;
  bool is_waiting = false;
};

}  // namespace

struct PluginProcess::Inner : std::enable_shared_from_this<Inner> {
  Inner(boost::asio::io_context& loop, const Spawned& spawned, ProcessCallbacks callbacks)
      : pid(spawned.pid),
        process(loop, spawned.process),
        input(loop, spawned.input),
        output(loop, spawned.output),
        error_output(loop, spawned.error_output),
        on_exit(std::move(callbacks.on_exit)) {
    output.on_bytes = std::move(callbacks.on_output);
    output.on_end = std::move(callbacks.on_output_end);
    error_output.on_bytes = std::move(callbacks.on_error_output);
  }

  void run() {
    read(output);
    read(error_output);
    wait_for_end();
  }

  void wait_for_end() {
    process.async_wait(stream_descriptor::wait_read,
                       [self = shared_from_this()](const error_code& error) {
                         if (error || self->ended) return;
                         // Asio may wake a new descriptor with the news of a closed one.
                         self->has_ended() ? self->on_child_end() : self->wait_for_end();
                       });
  }

  bool has_ended() const {
    siginfo_t info{};
    waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid != 0;
  }

  // Waits, then reads: with a read that Asio has finished but not yet delivered, bytes could be
  // overtaken by the end of the child.
  void read(Source& source) {
    if (source.is_waiting || !source.is_wanted || !source.fd.is_open()) return;
    source.is_waiting = true;
    source.fd.async_wait(stream_descriptor::wait_read,
                         [self = shared_from_this(), &source](const error_code& error) {
                           source.is_waiting = false;
                           if (!error && !self->ended) self->on_readable(source);
                         });
  }

  void on_readable(Source& source) {
    if (!source.is_wanted) return;
    std::array<char, chunk_bytes> bytes;
    const ssize_t n = ::read(source.fd.native_handle(), bytes.data(), bytes.size());
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return on_end(source);
    if (n > 0) source.on_bytes({bytes.data(), static_cast<std::size_t>(n)});
    if (!ended) read(source);
  }

  void on_end(Source& source) {
    close(source.fd);
    if (source.on_end) source.on_end();
  }

  void flush() {
    while (!queue.empty()) {
      const std::string_view rest = std::string_view(queue.front()).substr(written);
      const ssize_t n = ::write(input.native_handle(), rest.data(), rest.size());
      if (n < 0 && errno == EAGAIN) return wait_to_write();
      if (n < 0 && errno != EINTR) return drop_input();
      if (n > 0) written += static_cast<std::size_t>(n);
      if (written < queue.front().size()) continue;
      queued_bytes -= queue.front().size();
      queue.pop_front();
      written = 0;
    }
  }

  void wait_to_write() {
    is_writing = true;
    input.async_wait(stream_descriptor::wait_write,
                     [self = shared_from_this()](const error_code& error) {
                       self->is_writing = false;
                       if (!error && !self->ended) self->flush();
                     });
  }

  void drop_input() {
    queue.clear();
    queued_bytes = 0;
    written = 0;
    close(input);
  }

  void on_child_end() {
    // What it may have started must not go on without it. As long as the child is not reaped its
    // number cannot be anybody else's.
    ::kill(-pid, SIGKILL);
    drain(output);
    if (!ended) drain(error_output);
    if (ended) return;
    const Exit exit = reap();
    const auto callback = on_exit;
    close_all();
    callback(exit);
  }

  void drain(Source& source) {
    if (!source.is_wanted || !source.fd.is_open()) return;
    std::array<char, chunk_bytes> bytes;
    for (std::size_t drained = 0; drained < most_drained_bytes;) {
      const ssize_t n = ::read(source.fd.native_handle(), bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return;
      drained += static_cast<std::size_t>(n);
      source.on_bytes({bytes.data(), static_cast<std::size_t>(n)});
      if (ended || !source.is_wanted) return;
    }
  }

  Exit reap() {
    siginfo_t info{};
    while (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED) != 0 && errno == EINTR) {
    }
    pid = -1;
    return {info.si_code != CLD_EXITED, info.si_status};
  }

  static void close(stream_descriptor& fd) {
    error_code ignored;
    fd.close(ignored);
  }

  void close_all() {
    ended = true;
    drop_input();
    close(output.fd);
    close(error_output.fd);
    close(process);
  }

  pid_t pid;
  stream_descriptor process;
  stream_descriptor input;
  Source output;
  Source error_output;
  std::function<void(Exit)> on_exit;
  std::deque<std::string> queue;
  std::size_t queued_bytes = 0;
  std::size_t written = 0;  ///< of the first in the queue
  bool is_writing = false;
  bool ended = false;
};

Result<std::unique_ptr<PluginProcess>> PluginProcess::spawn(boost::asio::io_context& loop,
                                                            const PluginSpec& spec,
                                                            ProcessCallbacks callbacks) {
  const Result<Spawned> spawned = spawn_plugin(spec);
  if (!spawned) return Error{spawned.error()};
  auto inner = std::make_shared<Inner>(loop, *spawned, std::move(callbacks));
  inner->run();
  return std::unique_ptr<PluginProcess>(new PluginProcess(std::move(inner)));
}

PluginProcess::PluginProcess(std::shared_ptr<Inner> inner) : inner_(std::move(inner)) {}

PluginProcess::~PluginProcess() {
  if (inner_->ended) return;
  ::kill(-inner_->pid, SIGKILL);
  inner_->reap();
  inner_->close_all();
}

pid_t PluginProcess::pid() const { return inner_->pid; }

bool PluginProcess::write(std::string bytes) {
  if (inner_->ended || !inner_->input.is_open()) return true;  // Its end is on its way.
  if (inner_->queued_bytes + bytes.size() > most_queued_bytes) return false;
  inner_->queued_bytes += bytes.size();
  inner_->queue.push_back(std::move(bytes));
  if (!inner_->is_writing) inner_->flush();
  return true;
}

void PluginProcess::close_input() { inner_->drop_input(); }

void PluginProcess::signal(int number) {
  if (!inner_->ended) ::kill(-inner_->pid, number);
}

void PluginProcess::read_output(bool on) {
  inner_->output.is_wanted = on;
  if (on && !inner_->ended) inner_->read(inner_->output);
}

void PluginProcess::read_error_output(bool on) {
  inner_->error_output.is_wanted = on;
  if (on && !inner_->ended) inner_->read(inner_->error_output);
}

}  // namespace nape::host

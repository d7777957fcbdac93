// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/cli/nape_process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <csignal>
#include <filesystem>

namespace nape::tests {
namespace {

namespace asio = boost::asio;

/// The parent's end of a pipe, read to its end as the loop runs.
struct Pipe {
  Pipe(asio::io_context& loop, std::function<void()> on_bytes)
      : reader(loop), told(std::move(on_bytes)) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    reader.assign(ends[0]);
    writer = ends[1];
    read();
  }
  void read() {
    reader.async_read_some(asio::buffer(buffer),
                           [this](boost::system::error_code error, std::size_t size) {
                             if (error) return;
                             text.append(buffer.data(), size);
                             told();
                             read();
                           });
  }

  asio::posix::stream_descriptor reader;
  int writer = -1;
  std::array<char, 4096> buffer{};
  std::string text;
  std::function<void()> told;
};

[[noreturn]] void become(const std::vector<std::string>& arguments, const std::string& directory,
                         int out, int err) {
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::setenv("NAPE_RUNTIME_DIR", directory.c_str(), 1);
  ::setenv("NAPE_STATE_DIR", directory.c_str(), 1);
  ::setenv("NAPE_CONFIG", (directory + "/nape.toml").c_str(), 1);
  ::setenv("TZ", "UTC", 1);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  std::vector<char*> values{const_cast<char*>("nape")};
  for (const std::string& argument : arguments)
    values.push_back(const_cast<char*>(argument.c_str()));
  values.push_back(nullptr);
  ::execv(NAPE_PROGRAM, values.data());
  ::_exit(127);
}

}  // namespace

struct NapeProcess::Parts {
  asio::io_context loop{1};
  std::unique_ptr<control::HttpServer> server;
};

NapeProcess::NapeProcess() : parts_(std::make_unique<Parts>()) {
  std::string pattern = "/tmp/nape-cli-XXXXXX";
  directory_ = ::mkdtemp(pattern.data());
}

NapeProcess::~NapeProcess() {
  parts_.reset();
  std::filesystem::remove_all(directory_);
}

void NapeProcess::serve() {
  control::HttpOptions options;
  options.address = "";
  options.socket = directory_ + "/control.sock";
  options.access.owner = ::getuid();
  options.now = [] { return example_instant(std::chrono::hours(12)); };
  auto opened = control::HttpServer::open(parts_->loop, options);
  ASSERT_TRUE(opened) << opened.error().what;
  parts_->server = std::move(*opened);
  control::serve(*parts_->server, service);
}

Ended NapeProcess::run(const std::vector<std::string>& arguments,
                       const std::function<void(int pid, const std::string& so_far)>& on_line) {
  int pid = 0;
  parts_->loop.restart();
  std::size_t lines_told = 0;
  std::unique_ptr<Pipe> out;
  out = std::make_unique<Pipe>(parts_->loop, [&] {
    const auto lines =
        static_cast<std::size_t>(std::count(out->text.begin(), out->text.end(), '\n'));
    if (on_line && lines > std::exchange(lines_told, lines)) on_line(pid, out->text);
  });
  Pipe err(parts_->loop, [] {});
  pid = ::fork();
  if (pid == 0) become(arguments, directory_, out->writer, err.writer);
  ::close(out->writer);
  ::close(err.writer);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  int status = 0;
  // The loop wakes at least when the pipes close, which is when the process ends.
  bool is_over = false;
  while (!is_over && std::chrono::steady_clock::now() < until) {
    parts_->loop.run_one_for(std::chrono::milliseconds(20));
    if (on_waiting_ && service.deadline()) std::exchange(on_waiting_, nullptr)();
    is_over = ::waitpid(pid, &status, WNOHANG) == pid;
  }
  if (!is_over) {
    ADD_FAILURE() << "nape did not end";
    ::kill(pid, SIGKILL);
    ::waitpid(pid, &status, 0);
  }
  parts_->loop.poll();
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), out->text, err.text};
}

}  // namespace nape::tests

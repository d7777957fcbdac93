// SPDX-License-Identifier: Apache-2.0
#include "app/database_copy.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <cstring>
#include <memory>

#include "store/queries.hpp"

namespace nape::app {
namespace {

/// In the child: what it says ends up in the pipe; nothing of the parent's is touched.
[[noreturn]] void copy_in_child(const std::string& database, const std::string& copy, int pipe) {
  auto history = store::History::open(database);
  auto copied = history ? history->backup_to(copy) : Result<void>(history.error());
  if (!copied) {
    const auto& what = copied.error().what;
    [[maybe_unused]] const auto written = ::write(pipe, what.data(), what.size());
  }
  ::_exit(copied ? 0 : 1);
}

struct Copy : std::enable_shared_from_this<Copy> {
  Copy(boost::asio::io_context& loop, int pipe, pid_t pid) : words(loop, pipe), child(pid) {}

  void read() {
    words.async_read_some(
        boost::asio::buffer(buffer),
        [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
          self->said.append(self->buffer, size);
          error ? self->finish() : self->read();
        });
  }

  void finish() {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    const bool copied = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    done(copied ? Result<std::string>(path)
                : Result<std::string>(Error{said.empty() ? "the copy failed" : said}));
  }

  boost::asio::posix::stream_descriptor words;
  pid_t child;
  char buffer[512];
  std::string said;
  std::string path;
  std::function<void(Result<std::string>)> done;
};

}  // namespace

void copy_database(boost::asio::io_context& loop, const std::string& database,
                   const std::string& copy, std::function<void(Result<std::string>)> done) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return done(Error{std::string("pipe: ") + std::strerror(errno)});
  const auto child = ::fork();
  if (child == 0) copy_in_child(database, copy, ends[1]);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return done(Error{std::string("fork: ") + std::strerror(errno)});
  }
  auto running = std::make_shared<Copy>(loop, ends[0], child);
  running->path = copy;
  running->done = std::move(done);
  running->read();
}

}  // namespace nape::app

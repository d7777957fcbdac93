// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_spawn.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace nape::host {
namespace {

// What a program needs to reach the desktop and to speak the person's language. Everything else,
// tokens and passwords above all, stays in the daemon. The sanitizers' options are for tests.
constexpr std::array<std::string_view, 21> passed_names{"DISPLAY",
                                                        "XAUTHORITY",
                                                        "WAYLAND_DISPLAY",
                                                        "DESKTOP_SESSION",
                                                        "HOME",
                                                        "USER",
                                                        "LOGNAME",
                                                        "LANG",
                                                        "LANGUAGE",
                                                        "TZ",
                                                        "PATH",
                                                        "TMPDIR",
                                                        "TERM",
                                                        "GDK_SCALE",
                                                        "GDK_DPI_SCALE",
                                                        "GTK_THEME",
                                                        "NO_COLOR",
                                                        "ASAN_OPTIONS",
                                                        "UBSAN_OPTIONS",
                                                        "LSAN_OPTIONS",
                                                        "TEXTDOMAINDIR"};
constexpr std::array<std::string_view, 3> passed_prefixes{"XDG_", "DBUS_", "LC_"};

struct Pipe {
  int read = -1;
  int write = -1;
};

void close_if_open(int fd) {
  if (fd >= 0) close(fd);
}

// The three pipes of one child; closes what has not been given away.
struct Pipes {
  Pipe input, output, error_output;

  bool open() {
    const auto make = [](Pipe& pipe) {
      std::array<int, 2> ends{};
      if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
      pipe = {ends[0], ends[1]};
      return true;
    };
    return make(input) && make(output) && make(error_output);
  }

  void close_all() {
    for (const Pipe& pipe : {input, output, error_output}) {
      close_if_open(pipe.read);
      close_if_open(pipe.write);
    }
  }
};

Error failed(const std::string& what) { return Error{what + ": " + std::strerror(errno)}; }

std::vector<std::string> environment_for(const PluginSpec& spec) {
  std::vector<std::string> passed;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view line = *variable;
    if (passes_to_plugins(line.substr(0, line.find('=')))) passed.emplace_back(line);
  }
  passed.insert(passed.end(), spec.environment.begin(), spec.environment.end());
  return passed;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (std::string& text : strings) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

void reset_signals() {
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Between fork and exec: no allocation, only calls that are safe there.
[[noreturn]] void become(const Pipes& pipes, pid_t parent, char* const* argv, char* const* envp) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have died before the line above.
  if (getppid() != parent) _exit(127);
  reset_signals();
  // First away from 0..2, in case the daemon itself was started with one of them closed.
  const int input = fcntl(pipes.input.read, F_DUPFD, 3);
  const int output = fcntl(pipes.output.write, F_DUPFD, 3);
  const int error_output = fcntl(pipes.error_output.write, F_DUPFD, 3);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(error_output, STDERR_FILENO);
  close_range(3, ~0U, 0);
  execve(argv[0], argv, envp);
  const char* const why = strerrordesc_np(errno);
  constexpr std::string_view what = "cannot be executed: ";
  [[maybe_unused]] ssize_t written = write(STDERR_FILENO, what.data(), what.size());
  written = write(STDERR_FILENO, why, std::strlen(why));
  _exit(127);
}

void set_non_blocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

// glibc 2.36 declares pidfd_open() in a way that C++ cannot link.
int open_pidfd(pid_t pid) { return static_cast<int>(syscall(SYS_pidfd_open, pid, 0)); }

Result<Spawned> adopt(pid_t pid, const Pipes& pipes) {
  // Done on both sides, so that signalling the group is right from the first moment on.
  setpgid(pid, pid);
  close(pipes.input.read);
  close(pipes.output.write);
  close(pipes.error_output.write);
  const Spawned spawned{pid, open_pidfd(pid), pipes.input.write, pipes.output.read,
                        pipes.error_output.read};
  for (const int fd : {spawned.input, spawned.output, spawned.error_output}) set_non_blocking(fd);
  if (spawned.process >= 0) return spawned;
  const Error error = failed("watch the process");
  for (const int fd : {spawned.input, spawned.output, spawned.error_output}) close(fd);
  kill(-pid, SIGKILL);
  waitpid(pid, nullptr, 0);
  return error;
}

}  // namespace

bool passes_to_plugins(std::string_view name) {
  return std::ranges::find(passed_names, name) != passed_names.end() ||
         std::ranges::any_of(passed_prefixes,
                             [&](std::string_view prefix) { return name.starts_with(prefix); });
}

Result<Spawned> spawn_plugin(const PluginSpec& spec) {
  if (access(spec.path.c_str(), X_OK) != 0) return failed("cannot execute '" + spec.path + "'");
  std::vector<std::string> arguments{spec.path};
  arguments.insert(arguments.end(), spec.arguments.begin(), spec.arguments.end());
  std::vector<std::string> environment = environment_for(spec);
  const std::vector<char*> argv = pointers_to(arguments);
  const std::vector<char*> envp = pointers_to(environment);
  Pipes pipes;
  if (!pipes.open()) {
    const Error error = failed("make pipes");
    pipes.close_all();
    return error;
  }
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) become(pipes, parent, argv.data(), envp.data());
  if (pid > 0) return adopt(pid, pipes);
  const Error error = failed("fork");
  pipes.close_all();
  return error;
}

}  // namespace nape::host

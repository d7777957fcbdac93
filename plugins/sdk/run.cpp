// SPDX-License-Identifier: Apache-2.0
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string_view>

#include "sdk/clock.hpp"
#include "sdk/frame.hpp"
#include "sdk/options.hpp"
#include "sdk/plugin.hpp"
#include "sdk/stop_signal.hpp"

namespace nape::sdk {
namespace {

constexpr std::uint32_t protocol_major = 1;
constexpr std::uint32_t protocol_minor = 0;

void say(std::FILE* stream, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

std::vector<v1::Health::Kind> health_kinds(const Identity& identity) {
  constexpr std::array<std::pair<std::string_view, v1::Health::Kind>, 5> known{{
      {"input", v1::Health::KIND_INPUT},
      {"window", v1::Health::KIND_WINDOW},
      {"session", v1::Health::KIND_SESSION},
      {"media", v1::Health::KIND_MEDIA},
      {"setup", v1::Health::KIND_SETUP},
  }};
  std::vector<v1::Health::Kind> kinds;
  for (const auto& [capability, kind] : known) {
    if (std::ranges::find(identity.capabilities, capability) != identity.capabilities.end()) {
      kinds.push_back(kind);
    }
  }
  // An actuator has none of them, and still owes a reason.
  if (kinds.empty()) kinds.push_back(v1::Health::KIND_UNSPECIFIED);
  return kinds;
}

v1::Observation hello_of(const Identity& identity) {
  v1::Observation frame;
  v1::Hello& hello = *frame.mutable_hello();
  hello.set_name(identity.name);
  hello.set_version(NAPE_VERSION);
  hello.set_protocol_major(protocol_major);
  hello.set_protocol_minor(protocol_minor);
  for (const std::string& capability : identity.capabilities) hello.add_capabilities(capability);
  return frame;
}

class Loop {
 public:
  Loop(Plugin& plugin, Link& link, int stdin_fd)
      : plugin_(plugin), link_(link), stdin_fd_(stdin_fd), stop_fd_(watch_stop_signals()) {}

  void run() {
    while (!link_.ended()) {
      link_.flush();
      if (link_.ended() || !sleep()) continue;
      if (polled_[0].revents != 0) link_.end(Exit::asked);
      if (polled_[1].revents != 0) read_directives();
      wake_plugin();
    }
  }

 private:
  // False: woken for nothing.
  bool sleep() {
    wait_.fds.clear();
    wait_.until.reset();
    plugin_.wait_for(wait_);
    polled_.assign({{stop_fd_, POLLIN, 0}, {stdin_fd_, POLLIN, 0}});
    polled_.insert(polled_.end(), wait_.fds.begin(), wait_.fds.end());
    return poll(polled_.data(), polled_.size(), timeout_ms()) >= 0;
  }

  int timeout_ms() const {
    if (!wait_.until) return -1;
    return static_cast<int>(
        std::clamp<std::int64_t>((*wait_.until - boot_now()).count(), 0, INT_MAX));
  }

  void wake_plugin() {
    if (link_.ended()) return;
    const std::span<const pollfd> own = std::span(polled_).subspan(2);
    const bool ready = std::ranges::any_of(own, [](const pollfd& fd) { return fd.revents != 0; });
    if (ready || (wait_.until && boot_now() >= *wait_.until)) plugin_.on_wake(own);
  }

  void read_directives() {
    std::array<char, 4096> bytes;
    const ssize_t n = read(stdin_fd_, bytes.data(), bytes.size());
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
      if (reader_.is_mid_frame()) {
        refuse("Standard input ended in the middle of a frame.");
      } else {
        link_.end(Exit::asked);
      }
      return;
    }
    reader_.feed({bytes.data(), static_cast<std::size_t>(n)});
    while (const auto message = reader_.next()) {
      if (!directive_.ParseFromArray(message->data(), static_cast<int>(message->size()))) {
        return refuse("Standard input holds a frame that is no directive.");
      }
      act_on_directive();
    }
    if (!reader_.error().empty()) refuse(reader_.error());
  }

  void act_on_directive() {
    if (!directive_.has_ping()) return plugin_.on_directive(directive_);
    v1::Observation frame;
    frame.mutable_pong()->set_id(directive_.ping().id());
    link_.send(std::move(frame));
  }

  void refuse(const std::string& sentence) {
    say(stderr, sentence + "\n");
    link_.give_up(Exit::fault, sentence);
  }

  Plugin& plugin_;
  Link& link_;
  int stdin_fd_;
  int stop_fd_;
  FrameReader reader_;
  v1::Directive directive_;
  Wait wait_;
  std::vector<pollfd> polled_;
};

void live(Plugin& plugin, Link& link, const Identity& identity, int stdin_fd) {
  try {
    Loop loop(plugin, link, stdin_fd);
    link.offer(health_kinds(identity));
    link.send(hello_of(identity));
    link.flush();
    plugin.start(link);
    loop.run();
    limit_ending();
    plugin.stop();
  } catch (const std::exception& error) {
    say(stderr, "nape-plugin-" + identity.name + ": " + error.what() + "\n");
    link.give_up(Exit::fault, std::string("The plugin failed: ") + error.what());
  }
  link.flush();
}

}  // namespace

std::string Plugin::take_arguments(const std::vector<std::string>& arguments) {
  return arguments.empty() ? "" : "unknown argument '" + arguments.front() + "'; see --help";
}

int run(Plugin& plugin, int argc, char** argv) {
  const Options options = parse_options(argc, argv);
  // First the arguments: they may change what the plugin says of itself.
  std::string refusal = plugin.take_arguments(options.rest);
  const Identity identity = plugin.identity();
  if (options.ask != Options::Ask::run) {
    say(stdout, options.ask == Options::Ask::help ? help_text(identity) : version_text(identity));
    return static_cast<int>(Exit::asked);
  }
  const bool json = options.form == Link::Form::json;
  if (refusal.empty() && !json && isatty(STDOUT_FILENO) != 0) {
    refusal = "without --json it speaks to naped, not to a terminal";
  }
  if (!refusal.empty()) {
    say(stderr, "nape-plugin-" + identity.name + ": " + refusal + "\n");
    return static_cast<int>(Exit::usage);
  }
  std::signal(SIGPIPE, SIG_IGN);
  // The daemon may be killed without a chance to close our standard input in an orderly way.
  if (!json) prctl(PR_SET_PDEATHSIG, SIGTERM);
  // Run alone in a terminal, the keyboard is not for us: Ctrl-C ends the plugin.
  const bool alone = json && isatty(STDIN_FILENO) != 0;
  Link link(STDOUT_FILENO, options.form);
  live(plugin, link, identity, alone ? -1 : STDIN_FILENO);
  return static_cast<int>(link.ended().value_or(Exit::fault));
}

}  // namespace nape::sdk

// SPDX-License-Identifier: Apache-2.0
//
// A plugin that does one wrong thing, named by its first argument. Speaks the wire format by
// itself: what the SDK forbids must be possible here.
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "nape/v1/directive.pb.h"
#include "nape/v1/observation.pb.h"

namespace {

using nape::v1::Observation;

std::int64_t boot_ms() {
  timespec at{};
  clock_gettime(CLOCK_BOOTTIME, &at);
  return std::int64_t{at.tv_sec} * 1000 + at.tv_nsec / 1'000'000;
}

void put(const std::string& bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t n = write(STDOUT_FILENO, bytes.data() + written, bytes.size() - written);
    if (n <= 0) _exit(1);
    written += static_cast<std::size_t>(n);
  }
}

std::string length_prefix(std::size_t length) {
  std::string out;
  for (; length >= 0x80; length >>= 7) out.push_back(static_cast<char>((length & 0x7F) | 0x80));
  out.push_back(static_cast<char>(length));
  return out;
}

void put_message(const std::string& message) { put(length_prefix(message.size()) + message); }

void put(Observation frame) {
  if (frame.boot_ms() == 0) frame.set_boot_ms(boot_ms());
  put_message(frame.SerializeAsString());
}

void hello(std::uint32_t major = 1) {
  Observation frame;
  frame.mutable_hello()->set_name("misbehaving");
  frame.mutable_hello()->set_version("1.2.3");
  frame.mutable_hello()->set_protocol_major(major);
  for (const char* word : {"input", "input.counts", "window", "nudge"}) {
    frame.mutable_hello()->add_capabilities(word);
  }
  put(frame);
}

void window(const std::string& application) {
  Observation frame;
  frame.mutable_window()->set_application(application);
  put(frame);
}

void tally(std::uint32_t keys, std::int64_t at = 0) {
  Observation frame;
  frame.set_boot_ms(at);
  frame.mutable_input()->set_keys(keys);
  frame.mutable_input()->set_last_boot_ms(at == 0 ? boot_ms() : at);
  put(frame);
}

void lost(const std::string& reason) {
  Observation frame;
  frame.mutable_health()->set_kind(nape::v1::Health::KIND_INPUT);
  frame.mutable_health()->set_state(nape::v1::Health::STATE_LOST);
  frame.mutable_health()->set_reason(reason);
  put(frame);
}

[[noreturn]] void sleep_for_ever() {
  for (;;) pause();
}

void answer(const nape::v1::Directive& directive) {
  Observation frame;
  if (directive.has_ping()) frame.mutable_pong()->set_id(directive.ping().id());
  if (directive.has_show()) {
    frame.mutable_answer()->set_id(directive.show().id());
    frame.mutable_answer()->mutable_delivered();
  }
  if (directive.has_withdraw()) return window("withdrawn " + directive.withdraw().subject());
  put(frame);
}

// Directives of the tests fit into one read and are shorter than 128 bytes.
void serve() {
  std::array<char, 4096> bytes{};
  ssize_t n = 0;
  while ((n = read(STDIN_FILENO, bytes.data(), bytes.size())) > 0) {
    for (ssize_t at = 0; at < n;) {
      const int length = bytes[static_cast<std::size_t>(at)];
      nape::v1::Directive directive;
      if (!directive.ParseFromArray(bytes.data() + at + 1, length)) _exit(3);
      answer(directive);
      at += 1 + length;
    }
  }
}

void good() {
  hello();
  window("editor");
  serve();
}

void flood() {
  hello();
  for (;;) window("flood");
}

void burst() {
  hello();
  for (std::uint32_t i = 0; i < 100; ++i) tally(1);
  lost("the last word");
  _exit(5);
}

void wrong_times() {
  hello();
  const std::int64_t now = boot_ms();
  tally(1, now + 3'600'000);
  tally(2, now - 3'600'000);
  tally(3, INT64_MAX);
  tally(4, INT64_MIN);
  window("done");
  serve();
}

void wrong_counts() {
  hello();
  tally(4'000'000'000);
  tally(3);
  window("done");
  serve();
}

void wrong_text() {
  hello();
  Observation frame;
  frame.set_boot_ms(boot_ms());
  frame.mutable_window()->set_application("bad");
  std::string bytes = frame.SerializeAsString();
  bytes[bytes.size() - 1] = '\xFF';
  put_message(bytes);
  window(std::string(300, 'a'));
  window("done");
  serve();
}

void recording() {
  hello();
  Observation frame;
  frame.set_boot_ms(1000);
  frame.set_wall_ms(1'700'000'000'000);
  frame.mutable_window()->set_application("then");
  put(frame);
  frame.mutable_mark()->set_text("user postpone rest");
  put(frame);
}

void unfit() {
  hello();
  lost("No display here.");
  _exit(69);
}

void stubborn() {
  signal(SIGTERM, SIG_IGN);
  hello();
  sleep_for_ever();
}

void chatter() {
  hello();
  const std::string line = "I have \x1b[31mmuch\x1b[0m to say\n";
  for (;;) {
    if (write(STDERR_FILENO, line.data(), line.size()) <= 0) _exit(1);
  }
}

void closes_output() {
  hello();
  close(STDOUT_FILENO);
  sleep_for_ever();
}

// Its child holds the pipes open and would live on.
void family() {
  hello();
  if (const pid_t child = fork(); child != 0) {
    window("child " + std::to_string(child));
    _exit(7);
  }
  sleep_for_ever();
}

void tell_surroundings() {
  hello();
  int open = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    ++open;
  }
  const auto value = [](const char* name) {
    const char* text = getenv(name);
    return std::string(name) + "=" + (text == nullptr ? "" : text);
  };
  // One descriptor is the directory itself.
  window("fds=" + std::to_string(open - 1));
  window(value("NAPE_TEST_SECRET"));
  window(value("NAPE_TEST_GIVEN"));
  window(value("XDG_NAPE_TEST"));
  window(getpgrp() == getpid() ? "own group" : "shared group");
  serve();
}

void crash_after_a_word() {
  hello();
  window("editor");
  lost("The cable is out.");
  raise(SIGKILL);
}

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string, std::function<void()>> ways{
      {"good", good},
      {"silent", [] { hello(), serve(); }},
      {"mute", [] { sleep_for_ever(); }},
      {"noise", [] { hello(), put(std::string(64, '\xFF')), sleep_for_ever(); }},
      {"no-observation", [] { hello(), put_message("\x07\x07\x07"), sleep_for_ever(); }},
      {"no-hello-first", [] { window("editor"), serve(); }},
      {"huge", [] { hello(), put(length_prefix(1 << 20)), sleep_for_ever(); }},
      {"flood", flood},
      {"burst", burst},
      {"hang", [] { hello(), sleep_for_ever(); }},
      {"crash", crash_after_a_word},
      {"quit", [] { _exit(1); }},
      {"times", wrong_times},
      {"counts", wrong_counts},
      {"text", wrong_text},
      {"major-2", [] { hello(2), serve(); }},
      {"recording", recording},
      {"unfit", unfit},
      {"stubborn", stubborn},
      {"chatter", chatter},
      {"closes-output", closes_output},
      {"family", family},
      {"surroundings", tell_surroundings},
  };
  const auto way = ways.find(argc > 1 ? argv[1] : "");
  if (way == ways.end()) return 64;
  way->second();
  return 0;
}

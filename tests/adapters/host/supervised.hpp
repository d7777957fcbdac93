// SPDX-License-Identifier: Apache-2.0
//
// A supervisor with real children and shortened waits, which keeps everything that it is told.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "host/clock.hpp"
#include "host/log.hpp"
#include "host/supervisor.hpp"

namespace nape::host {

inline std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

inline bool has_children() { return waitpid(-1, nullptr, WNOHANG) >= 0; }

inline PluginLimits short_waits() {
  using std::chrono::milliseconds;
  PluginLimits limits;
  limits.hello_within = milliseconds(3000);
  limits.ping_after = milliseconds(200);
  limits.pong_within = milliseconds(1000);
  limits.end_within = milliseconds(200);
  limits.finish_within = milliseconds(200);
  limits.terminate_within = milliseconds(100);
  limits.first_back_off = milliseconds(20);
  return limits;
}

/// So long that none of them ends within a test.
inline PluginLimits one_try() {
  PluginLimits limits = short_waits();
  limits.first_back_off = limits.longest_back_off;
  limits.ping_after = std::chrono::minutes(5);
  return limits;
}

class Supervised : public testing::Test {
 protected:
  struct Heard {
    Reading now;
    Instant at;
    Event event;
  };

  Supervised() {
    std::string path = testing::TempDir() + "nape-host-XXXXXX";
    log_fd_ = mkstemp(path.data());
    log_path_ = path;
    log_.emplace(clock_, log_fd_, Log::Form::stamped, Severity::debug);
    supervisor_.emplace(loop_, clock_, *log_, hooks());
  }

  ~Supervised() override {
    supervisor_.reset();
    close(log_fd_);
    std::filesystem::remove(log_path_);
  }

  SupervisorHooks hooks() {
    return {[this](const Reading& now, Instant at, const Event& event) {
              heard_.push_back({now, at, event});
            },
            [this](const Reading&, const Answer& answer) { answers_.push_back(answer); },
            [this](const Reading&, Instant, const std::string& line) { marks_.push_back(line); },
            [this](std::string_view frame) { recording_ += frame; },
            {}};
  }

  static PluginSpec spec(const std::string& way, const PluginLimits& limits) {
    PluginSpec made;
    made.name = way;
    made.path = MISBEHAVING_PLUGIN;
    made.arguments = {way};
    made.limits = limits;
    return made;
  }

  void start(const std::string& way, const PluginLimits& limits) {
    supervisor_->run({spec(way, limits)});
  }

  /// Runs the loop until `reached`; fails after 20 s.
  testing::AssertionResult until(const std::function<bool()>& reached) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!reached()) {
      loop_.restart();
      loop_.run_one_until(end);
      if (std::chrono::steady_clock::now() >= end) {
        return testing::AssertionFailure() << describe() << logged();
      }
    }
    return testing::AssertionSuccess();
  }

  testing::AssertionResult until_state(PluginState state) {
    return until([this, state] { return status().state == state; });
  }

  testing::AssertionResult stop() {
    bool stopped = false;
    supervisor_->stop([&] { stopped = true; });
    return until([&] { return stopped; });
  }

  PluginStatus status() const { return supervisor_->status().front(); }
  std::uint64_t faults(PluginFault fault) const {
    return status().faults[static_cast<std::size_t>(fault)];
  }

  std::string describe() const {
    const PluginStatus now = status();
    std::ostringstream out;
    out << "state " << word_for(now.state) << ", reason '" << now.reason << "', frames "
        << now.frames << ", dropped " << now.dropped << "\n";
    return out.str();
  }

  std::string logged() const {
    std::ifstream file(log_path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  template <class T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const Heard& heard : heard_) {
      if (const T* event = std::get_if<T>(&heard.event)) found.push_back(*event);
    }
    return found;
  }

  bool has_window(const std::string& application) const {
    for (const auto& window : all<WindowChanged>()) {
      if (window.application == application) return true;
    }
    return false;
  }

  boost::asio::io_context loop_{1};
  RealClock clock_;
  int log_fd_ = -1;
  std::string log_path_;
  std::optional<Log> log_;
  std::optional<Supervisor> supervisor_;
  std::vector<Heard> heard_;
  std::vector<Answer> answers_;
  std::vector<std::string> marks_;
  std::string recording_;
};

}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
//
// nape-plugin-replay: tells again what plugins once told. The shortest whole plugin: copy it to
// begin one of your own. identity() says who it is; start() opens what it looks at; wait_for() says
// what to sleep for; on_wake() looks, and sends what has changed. The rest (hello, ping, signals,
// the end, --json) is run()'s.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>

#include "replay/recording.hpp"
#include "sdk/clock.hpp"
#include "sdk/plugin.hpp"

namespace nape::replay {
namespace {

using std::chrono::milliseconds;

class ReplayPlugin : public sdk::Plugin {
 public:
  sdk::Identity identity() const override {
    return {"replay",
            {"replay"},
            "Arguments: FILE [--speed N] [--from BOOT_MS]\n"
            "Sends the frames of a recording with the times that stand in them, N times as fast\n"
            "as they happened (1); 0: as fast as they are read. What lies before BOOT_MS is sent\n"
            "at once. After the last frame it is silent."};
  }

  std::string take_arguments(const std::vector<std::string>& arguments) override {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string& word = arguments[i];
      const std::string value = i + 1 < arguments.size() ? arguments[i + 1] : "";
      if (word == "--speed") {
        if (!take_speed(value)) return "--speed needs a number of 0 or more";
        ++i;
      } else if (word == "--from") {
        if (!take_number(value, from_)) return "--from needs a boot time in milliseconds";
        ++i;
      } else {
        if (!file_.empty()) return "reads one recording, not also '" + word + "'";
        file_ = word;
      }
    }
    return file_.empty() ? "needs the file of a recording" : "";
  }

  void start(sdk::Link& link) override {
    link_ = &link;
    recording_.emplace(file_);
    take_next();
    if (next_) from_ = std::max(from_, next_->boot_ms());
    began_ = sdk::boot_now();
  }

  void wait_for(sdk::Wait& wait) override {
    if (next_) wait.until = due();
  }

  void on_wake(std::span<const pollfd> /*ready*/) override {
    const milliseconds now = sdk::boot_now();
    // In portions, so that a ping is answered also while there is much to send.
    for (int portion = 1000; portion > 0 && next_ && due() <= now; --portion) {
      link_->send(*std::move(next_));
      take_next();
    }
  }

 private:
  template <class Number>
  static bool take_number(const std::string& text, Number& number) {
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end;
  }

  bool take_speed(const std::string& text) {
    return take_number(text, speed_) && std::isfinite(speed_) && speed_ >= 0;
  }

  milliseconds due() const {
    if (speed_ == 0) return began_;
    const auto since = static_cast<double>(std::max<std::int64_t>(0, next_->boot_ms() - from_));
    return began_ + milliseconds(std::llround(since / speed_));
  }

  void take_next() {
    do {
      next_ = recording_->next();
      // The hello of this stream is our own.
    } while (next_ && next_->has_hello());
    // To be started again would not help.
    const std::string& error = recording_->error();
    if (!error.empty()) link_->give_up(sdk::Exit::cannot_run, error);
  }

  std::string file_;
  double speed_ = 1;
  sdk::Link* link_ = nullptr;
  std::optional<Recording> recording_;
  std::optional<v1::Observation> next_;
  /// Where the pacing begins: what lies before is sent at once.
  std::int64_t from_ = 0;
  milliseconds began_{};
};

}  // namespace
}  // namespace nape::replay

int main(int argc, char** argv) {
  nape::replay::ReplayPlugin plugin;
  return nape::sdk::run(plugin, argc, argv);
}

// SPDX-License-Identifier: Apache-2.0
//
// A daemon made of plain values: tells what it was given and remembers what was said to it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "control/backend.hpp"
#include "control/http_server.hpp"

namespace nape::tests {

class RecordingBackend : public control::Backend {
 public:
  Snapshot now;
  control::DaemonFacts facts;
  std::vector<control::PluginStatus> programs;
  control::DayFacts today;
  std::vector<control::WhyRow> rows;
  std::optional<Refused> refusal;
  std::optional<Error> failure;

  std::vector<Event> said;
  std::vector<std::int32_t> days_asked;
  std::pair<std::string, std::uint32_t> why_asked;
  std::function<void(Result<std::string>)> copy_done;

  Snapshot snapshot() const override { return now; }
  control::DaemonFacts daemon() const override { return facts; }
  std::vector<control::PluginStatus> plugins() const override { return programs; }
  Result<control::DayFacts> day(std::int32_t day) override {
    days_asked.push_back(day);
    if (failure) return *failure;
    return today;
  }
  Result<std::vector<control::WhyRow>> why(const std::string& kind, std::uint32_t last) override {
    why_asked = {kind, last};
    if (failure) return *failure;
    return rows;
  }
  std::optional<Refused> say(const Event& word) override {
    said.push_back(word);
    return refusal;
  }
  Result<void> record(const std::string& path) override {
    if (failure) return *failure;
    facts.recording = path;
    return {};
  }
  Result<control::Recorded> stop_recording() override {
    if (facts.recording.empty()) return Error{"Nothing is being recorded."};
    return control::Recorded{std::exchange(facts.recording, {}), 17};
  }
  void copy(std::function<void(Result<std::string>)> done) override { copy_done = std::move(done); }
  Result<void> reload() override {
    if (failure) return *failure;
    return {};
  }
};

/// Keeps the answer and lets the test hang up.
class RecordingExchange : public control::HttpExchange {
 public:
  std::optional<control::HttpResponse> response;
  int answers = 0;

  void respond(control::HttpResponse answer) override {
    ++answers;
    response = std::move(answer);
  }
  void on_gone(std::function<void()> gone) override { gone_ = std::move(gone); }
  void hang_up() {
    if (gone_) std::exchange(gone_, nullptr)();
  }

 private:
  std::function<void()> gone_;
};

}  // namespace nape::tests

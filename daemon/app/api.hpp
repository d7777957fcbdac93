// SPDX-License-Identifier: Apache-2.0
//
// The daemon as the control API sees it.
#pragma once

#include <functional>

#include "app/faults.hpp"
#include "app/life.hpp"
#include "app/recorder.hpp"
#include "control/backend.hpp"
#include "host/supervisor.hpp"
#include "store/sqlite_store.hpp"

namespace nape::app {

class Api final : public control::Backend {
 public:
  struct Parts {
    Life& life;
    store::SqliteStore& store;
    host::Supervisor& supervisor;
    Faults& faults;
    Recorder& recorder;
    /// What does not change while the daemon runs.
    control::DaemonFacts facts;
    /// This turn's clocks, and the same moment on the life's time line.
    std::function<host::Reading()> reading;
    std::function<Instant()> now;
    std::function<std::optional<Refused>(const Event&)> say;
    std::function<Result<void>()> reload;
    std::function<void(std::function<void(Result<std::string>)>)> copy;
  };

  explicit Api(Parts parts) : parts_(std::move(parts)) {}

  Snapshot snapshot() const override { return parts_.life.snapshot(parts_.now()); }
  control::DaemonFacts daemon() const override;
  std::vector<control::PluginStatus> plugins() const override;
  Result<control::DayFacts> day(std::int32_t day) override;
  Result<std::vector<control::WhyRow>> why(const std::string& kind, std::uint32_t last) override;
  std::optional<Refused> say(const Event& word) override { return parts_.say(word); }
  Result<void> record(const std::string& path) override;
  Result<control::Recorded> stop_recording() override { return parts_.recorder.stop(); }
  void copy(std::function<void(Result<std::string>)> done) override {
    parts_.copy(std::move(done));
  }
  Result<void> reload() override { return parts_.reload(); }

 private:
  /// What a query reads is then no older than this moment.
  void bring_to_disk() { parts_.life.commit(parts_.reading(), parts_.now()); }

  Parts parts_;
};

}  // namespace nape::app

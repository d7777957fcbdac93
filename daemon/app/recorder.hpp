// SPDX-License-Identifier: Apache-2.0
//
// `nape record`: a file that is being written while life goes on. One at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "control/backend.hpp"
#include "scenario/recording.hpp"
#include "scenario/world.hpp"

namespace nape::app {

class Recorder {
 public:
  /// Every event goes through here, also while nothing is recorded: a recording begins with what
  /// sensors last told.
  Result<void> on_event(const Instant& at, const Event& event);

  Result<void> start(const std::string& path, const Instant& at, const std::string& zone);
  Result<control::Recorded> stop();
  /// Empty where nothing is being recorded.
  const std::string& path() const { return path_; }

 private:
  scenario::World world_;
  std::optional<scenario::RecordingWriter> writer_;
  std::string path_;
  std::uint64_t frames_ = 0;
};

}  // namespace nape::app

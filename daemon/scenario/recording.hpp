// SPDX-License-Identifier: Apache-2.0
//
// A recording: a file of length-delimited Observation frames, each with both clocks, as plugins
// write them and `nape record` stores them. What is no observation stands in marks, whose text is a
// scenario's line. A first mark "start WHEN ZONE" names the zone; without it days are the
// machine's.
#pragma once

#include <memory>
#include <string>

#include "core/event.hpp"
#include "core/result.hpp"
#include "scenario/moment.hpp"

namespace nape::scenario {

/// Frames are binary; scenarios are text. Also false for a file that cannot be read.
bool is_recording(const std::string& file);

/// Reads as it goes. A truncated last frame is the end; anything else that is no frame is an error
/// with its position.
Result<std::unique_ptr<MomentSource>> open_recording(const std::string& file);

/// Writes a recording; 0600, never over an existing file.
class RecordingWriter {
 public:
  static Result<RecordingWriter> create(const std::string& file, const Instant& start,
                                        const std::string& zone);
  RecordingWriter(RecordingWriter&&) noexcept;
  RecordingWriter& operator=(RecordingWriter&&) noexcept;
  ~RecordingWriter();

  /// Events that no recording knows (the calendar's, the actuators') are left out.
  Result<void> write(const Instant& at, const Event& event);
  Result<void> write_mark(const Instant& at, const std::string& text);
  Result<void> flush();

 private:
  struct Out;
  explicit RecordingWriter(std::unique_ptr<Out> out);
  std::unique_ptr<Out> out_;
};

/// The whole scenario as a recording.
Result<void> write_recording(const Scenario& scenario, const std::string& file);

}  // namespace nape::scenario

// SPDX-License-Identifier: Apache-2.0
#include "app/recorder.hpp"

namespace nape::app {

Result<void> Recorder::on_event(const Instant& at, const Event& event) {
  world_.remember(event);
  if (!writer_) return {};
  ++frames_;
  auto written = writer_->write(at, event);
  // A disk that is full ends the recording, not the day.
  if (!written) writer_.reset(), path_.clear();
  return written;
}

Result<void> Recorder::start(const std::string& path, const Instant& at, const std::string& zone) {
  if (writer_) return Error{"a recording is being written to " + path_ + " already"};
  auto writer = scenario::RecordingWriter::create(path, at, zone);
  if (!writer) return std::move(writer).error();
  writer_.emplace(std::move(*writer));
  path_ = path;
  frames_ = 0;
  for (const auto& event : world_.statements()) {
    if (auto written = on_event(at, event); !written) return written;
  }
  return writer_->flush();
}

Result<control::Recorded> Recorder::stop() {
  if (!writer_) return Error{"nothing is being recorded"};
  auto flushed = writer_->flush();
  const control::Recorded recorded{path_, frames_};
  writer_.reset();
  path_.clear();
  if (!flushed) return std::move(flushed).error();
  return recorded;
}

}  // namespace nape::app

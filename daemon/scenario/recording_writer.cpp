// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "calendar/rfc3339.hpp"
#include "calendar/zone.hpp"
#include "nape/v1/observation.pb.h"
#include "scenario/line_text.hpp"
#include "scenario/recording.hpp"
#include "scenario/timeline.hpp"
#include "wire/frame_reader.hpp"

namespace nape::scenario {
namespace {

/// A scenario begins an hour into its boot, so that no frame's boot time is the unset zero.
constexpr Duration boot_of_scenario = std::chrono::hours(1);
/// Frames drive the clock of whoever plays a recording: in a quiet time, at least so often.
constexpr Duration quiet_beat = std::chrono::seconds(10);
constexpr std::size_t buffer_bytes = 64 * 1024;

v1::Setup::Display display_of(Display display) {
  switch (display) {
    case Display::laptop:
      return v1::Setup::DISPLAY_LAPTOP;
    case Display::external:
      return v1::Setup::DISPLAY_EXTERNAL;
    case Display::both:
      return v1::Setup::DISPLAY_BOTH;
    case Display::none:
      return v1::Setup::DISPLAY_NONE;
    case Display::unknown:
      break;
  }
  return v1::Setup::DISPLAY_UNSPECIFIED;
}

/// Puts an event into a frame; false where a recording does not know it.
class FrameFiller {
 public:
  explicit FrameFiller(v1::Observation& frame) : frame_(frame) {}

  bool operator()(const InputTally& tally) {
    auto& input = *frame_.mutable_input();
    const auto narrow = [](std::uint64_t count) { return static_cast<std::uint32_t>(count); };
    input.set_keys(narrow(tally.counts.keys));
    input.set_clicks(narrow(tally.counts.clicks));
    input.set_scroll(narrow(tally.counts.scroll));
    input.set_motion(narrow(tally.counts.motion));
    input.set_touch(narrow(tally.counts.touch));
    input.set_last_boot_ms(tally.last.time_since_epoch().count());
    input.set_counts_unknown(!tally.measured);
    return true;
  }
  bool operator()(const WindowChanged& window) {
    frame_.mutable_window()->set_application(window.application);
    frame_.mutable_window()->set_fullscreen(window.fullscreen);
    return true;
  }
  bool operator()(const Locked& e) { return frame_.mutable_session()->set_locked(e.on), true; }
  bool operator()(const Suspended& e) {
    return frame_.mutable_session()->set_suspended(e.on), true;
  }
  bool operator()(const Lid& e) { return frame_.mutable_session()->set_lid_closed(e.closed), true; }
  bool operator()(const Remote& e) { return frame_.mutable_session()->set_remote(e.on), true; }
  bool operator()(const SeatActive& e) {
    return frame_.mutable_session()->set_seat_active(e.on), true;
  }
  bool operator()(const Signal& signal) {
    auto& signals = *frame_.mutable_signals();
    switch (signal.kind) {
      case SignalKind::microphone:
        return signals.set_microphone(signal.on), true;
      case SignalKind::camera:
        return signals.set_camera(signal.on), true;
      case SignalKind::screencast:
        return signals.set_screencast(signal.on), true;
      case SignalKind::playback:
        return signals.set_playback(signal.on), true;
      case SignalKind::idle_inhibitor:
        return signals.set_idle_inhibitor(signal.on), true;
      case SignalKind::do_not_disturb:
        return signals.set_do_not_disturb(signal.on), true;
    }
    return false;
  }
  bool operator()(const SetupChanged& setup) {
    frame_.mutable_setup()->set_display(display_of(setup.display));
    if (setup.keyboard == Keyboard::builtin)
      frame_.mutable_setup()->set_keyboard(v1::Setup::KEYBOARD_BUILTIN);
    if (setup.keyboard == Keyboard::external)
      frame_.mutable_setup()->set_keyboard(v1::Setup::KEYBOARD_EXTERNAL);
    return true;
  }
  template <class Other>
  bool operator()(const Other& event) {
    const auto line = line_text(event);
    if (!line) return false;
    frame_.mutable_mark()->set_text(*line);
    return true;
  }

 private:
  v1::Observation& frame_;
};

}  // namespace

struct RecordingWriter::Out {
  explicit Out(std::string name) : file(std::move(name)) {}
  Out(const Out&) = delete;
  Out& operator=(const Out&) = delete;
  ~Out() {
    if (fd >= 0) ::close(fd);
  }

  Result<void> put(const v1::Observation& frame) {
    buffer += wire::framed(frame.SerializeAsString());
    return buffer.size() < buffer_bytes ? Result<void>() : flush();
  }

  Result<void> flush() {
    std::size_t done = 0;
    while (done < buffer.size()) {
      const auto written = ::write(fd, buffer.data() + done, buffer.size() - done);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Error{file + ": " + std::strerror(errno)};
      done += static_cast<std::size_t>(written);
    }
    buffer.clear();
    return {};
  }

  std::string file;
  int fd = -1;
  std::string buffer;
};

RecordingWriter::RecordingWriter(std::unique_ptr<Out> out) : out_(std::move(out)) {}
RecordingWriter::RecordingWriter(RecordingWriter&&) noexcept = default;
RecordingWriter& RecordingWriter::operator=(RecordingWriter&&) noexcept = default;
RecordingWriter::~RecordingWriter() = default;

Result<RecordingWriter> RecordingWriter::create(const std::string& file, const Instant& start,
                                                const std::string& zone) {
  auto out = std::make_unique<Out>(file);
  out->fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (out->fd < 0) return Error{file + ": " + std::strerror(errno)};
  auto opened = calendar::Zone::open(zone);
  if (!opened) return std::move(opened).error();
  RecordingWriter writer(std::move(out));
  auto begun = writer.write_mark(
      start, "start " + calendar::rfc3339(start.wall, *opened) + " " + opened->name());
  if (!begun) return std::move(begun).error();
  return writer;
}

Result<void> RecordingWriter::write(const Instant& at, const Event& event) {
  v1::Observation frame;
  frame.set_boot_ms(at.boot.time_since_epoch().count());
  frame.set_wall_ms(at.wall.time_since_epoch().count());
  if (!std::visit(FrameFiller(frame), event)) return {};
  return out_->put(frame);
}

Result<void> RecordingWriter::write_mark(const Instant& at, const std::string& text) {
  v1::Observation frame;
  frame.set_boot_ms(at.boot.time_since_epoch().count());
  frame.set_wall_ms(at.wall.time_since_epoch().count());
  frame.mutable_mark()->set_text(text);
  return out_->put(frame);
}

Result<void> RecordingWriter::flush() { return out_->flush(); }

Result<void> write_recording(const Scenario& scenario, const std::string& file) {
  Timeline timeline(scenario);
  const auto shifted = [](Instant at) { return Instant{at.boot + boot_of_scenario, at.wall}; };
  auto writer = RecordingWriter::create(file, shifted(timeline.start()), scenario.zone);
  if (!writer) return std::move(writer).error();
  auto put =
      writer->write(shifted(timeline.start()), SetupChanged{Display::external, Keyboard::external});
  auto last = shifted(timeline.start());
  while (put) {
    auto moment = timeline.next();
    if (!moment || !*moment) break;
    const auto at = shifted((*moment)->at);
    for (last = last.after(quiet_beat); put && last.boot < at.boot; last = last.after(quiet_beat)) {
      put = writer->write_mark(last, "end");
    }
    last = at;
    auto& action = (*moment)->action;
    if (auto* event = std::get_if<Event>(&action)) {
      if (auto* tally = std::get_if<InputTally>(event)) tally->last = at.boot;
      put = writer->write(at, *event);
    } else if (const auto* restart = std::get_if<Restart>(&action)) {
      put = writer->write_mark(at, line_text(*restart));
    } else if (const auto* policy = std::get_if<UsePolicy>(&action)) {
      put = writer->write_mark(at, "policy " + policy->name);
    } else if (std::holds_alternative<Kill>(action)) {
      put = writer->write_mark(at, "kill");
    }
    // A step of the clock shows in the frames' own wall time.
  }
  if (put) put = writer->write_mark(shifted(timeline.end()), "end");
  if (!put) return put;
  return writer->flush();
}

}  // namespace nape::scenario

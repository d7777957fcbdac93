// SPDX-License-Identifier: Apache-2.0
//
// Reading recordings; writing is in recording_writer.cpp.
#include "scenario/recording.hpp"

#include <algorithm>
#include <deque>
#include <fstream>

#include "calendar/rfc3339.hpp"
#include "nape/v1/observation.pb.h"
#include "scenario/words_of_line.hpp"
#include "wire/events.hpp"
#include "wire/frame_reader.hpp"

namespace nape::scenario {
namespace {

constexpr Duration wall_step = std::chrono::seconds(2);

class Recording : public MomentSource {
 public:
  Recording(std::string file, std::ifstream in) : file_(std::move(file)), in_(std::move(in)) {}

  /// Looks at the beginning, so that start() and zone() are known.
  Result<void> begin() {
    auto first = read_frame();
    if (!first) return std::move(first).error();
    if (!*first) return Error{file_ + ": holds no frame"};
    start_ = end_ = instant_of(frame_);
    const auto words = words_of(frame_.mark().text());
    if (words.size() == 3 && words[0] == "start") {
      zone_ = words[2];
      return {};
    }
    return take_frame();
  }

  Result<std::optional<Moment>> next() override {
    while (waiting_.empty()) {
      auto more = read_frame();
      if (!more) return std::move(more).error();
      if (!*more) return std::optional<Moment>();
      if (auto taken = take_frame(); !taken) return std::move(taken).error();
    }
    auto moment = std::move(waiting_.front());
    waiting_.pop_front();
    return std::optional(std::move(moment));
  }

  Instant start() const override { return start_; }
  Instant end() const override { return end_; }
  const std::string& zone() const override { return zone_; }

 private:
  Instant instant_of(const v1::Observation& frame) const {
    const BootTime boot{Duration(frame.boot_ms())};
    if (frame.wall_ms() == 0) return end_.at(boot);
    return {boot, WallTime(Duration(frame.wall_ms()))};
  }

  /// The next frame into frame_; false at the end of the file.
  Result<bool> read_frame() {
    while (true) {
      if (const auto bytes = reader_.next()) {
        ++frames_;
        if (frame_.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) return true;
        return Error{file_ + ": frame " + std::to_string(frames_) + " is no observation"};
      }
      if (reader_.fault() != wire::FrameReader::Fault::none) {
        return Error{file_ + ": after frame " + std::to_string(frames_) +
                     " come bytes that are no frame"};
      }
      if (!in_) return false;
      in_.read(buffer_, sizeof buffer_);
      reader_.feed({buffer_, static_cast<std::size_t>(in_.gcount())});
    }
  }

  Result<void> take_frame() {
    auto at = instant_of(frame_);
    if (at.boot < end_.boot) at = end_.at(end_.boot);
    const auto step = at.wall - end_.at(at.boot).wall;
    if (std::chrono::abs(step) > wall_step) waiting_.push_back({at, StepClock{step}});
    end_ = at;
    if (frame_.has_mark()) return take_mark(at);
    for (auto& event : wire::events_of(frame_)) waiting_.push_back({at, std::move(event)});
    return {};
  }

  Result<void> take_mark(const Instant& at) {
    auto action = parse_action(frame_.mark().text());
    if (!action)
      return Error{file_ + ": frame " + std::to_string(frames_) + ": " + action.error().what};
    if (const auto* event = std::get_if<Event>(&*action)) waiting_.push_back({at, *event});
    if (const auto* restart = std::get_if<Restart>(&*action)) waiting_.push_back({at, *restart});
    if (const auto* policy = std::get_if<UsePolicy>(&*action)) waiting_.push_back({at, *policy});
    if (std::holds_alternative<Kill>(*action)) waiting_.push_back({at, Kill{}});
    return {};
  }

  std::string file_;
  std::ifstream in_;
  wire::FrameReader reader_;
  char buffer_[64 * 1024];
  v1::Observation frame_;
  std::size_t frames_ = 0;
  std::deque<Moment> waiting_;
  Instant start_;
  Instant end_;
  std::string zone_;
};

}  // namespace

bool is_recording(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  char head[32];
  in.read(head, sizeof head);
  // A frame begins with its length and the tag of boot_ms, a control character that no text holds.
  return std::any_of(head, head + in.gcount(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t';
  });
}

Result<std::unique_ptr<MomentSource>> open_recording(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{file + ": cannot be read"};
  auto recording = std::make_unique<Recording>(file, std::move(in));
  if (auto begun = recording->begin(); !begun) return std::move(begun).error();
  return std::unique_ptr<MomentSource>(std::move(recording));
}

}  // namespace nape::scenario

// SPDX-License-Identifier: Apache-2.0
#include "host/frame_gate.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <string>

#include "nape/v1/observation.pb.h"

namespace nape::host {
namespace {

constexpr std::size_t longest_application = 256;
constexpr std::size_t longest_sentence = 1024;
constexpr std::size_t longest_word = 64;
constexpr int most_capabilities = 32;
/// Clocks of a display server are mapped to ours to within this.
constexpr std::int64_t tolerated_ms = 1000;

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

CodedInputStream stream_over(std::string_view bytes) {
  return CodedInputStream(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                          static_cast<int>(bytes.size()));
}

bool is_message(std::string_view bytes) {
  CodedInputStream input = stream_over(bytes);
  return WireFormatLite::SkipMessage(&input) && input.ConsumedEntireMessage();
}

// The statement inside must be a message as well: with one level only, most noise passes.
bool is_nested_message(std::string_view bytes) {
  CodedInputStream input = stream_over(bytes);
  while (const std::uint32_t tag = input.ReadTag()) {
    const bool is_statement =
        WireFormatLite::GetTagFieldNumber(tag) >= 3 &&
        WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
    if (!is_statement) {
      if (!WireFormatLite::SkipField(&input, tag)) return false;
      continue;
    }
    std::uint32_t length = 0;
    std::string inner;
    if (!input.ReadVarint32(&length) || length > bytes.size()) return false;
    if (!input.ReadString(&inner, static_cast<int>(length)) || !is_message(inner)) return false;
  }
  return input.ConsumedEntireMessage();
}

bool has_fitting_text(const v1::Hello& hello) {
  const auto& capabilities = hello.capabilities();
  return hello.name().size() <= longest_word && hello.version().size() <= longest_word &&
         capabilities.size() <= most_capabilities &&
         std::all_of(capabilities.begin(), capabilities.end(),
                     [](const std::string& word) { return word.size() <= longest_word; });
}

bool has_fitting_text(const v1::Answer& answer) {
  return answer.undelivered().reason().size() <= longest_sentence &&
         answer.chosen().key().size() <= longest_word;
}

bool has_fitting_text(const v1::Observation& frame) {
  switch (frame.what_case()) {
    case v1::Observation::kHello:
      return has_fitting_text(frame.hello());
    case v1::Observation::kWindow:
      return frame.window().application().size() <= longest_application;
    case v1::Observation::kHealth:
      return frame.health().reason().size() <= longest_sentence;
    case v1::Observation::kAnswer:
      return has_fitting_text(frame.answer());
    case v1::Observation::kMark:
      return frame.mark().text().size() <= longest_sentence;
    default:
      return true;
  }
}

std::int64_t milliseconds(BootTime at) { return at.time_since_epoch().count(); }

}  // namespace

Allowance::Allowance(double a_second, BootTime now)
    : a_second_(a_second), left_(2 * a_second), at_(now) {}

bool Allowance::take(BootTime now, double wanted) {
  const double passed = std::chrono::duration<double>(now - at_).count();
  left_ = std::min(2 * a_second_, left_ + std::max(passed, 0.0) * a_second_);
  at_ = now;
  if (wanted > left_) return false;
  left_ -= wanted;
  return true;
}

void silence_protobuf() { google::protobuf::SetLogHandler(nullptr); }

Parsed parse_observation(std::string_view bytes, v1::Observation& into) {
  if (into.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Parsed::whole;
  return is_nested_message(bytes) ? Parsed::bad_text : Parsed::garbage;
}

FrameGate::FrameGate(const PluginLimits& limits, PluginSpec::Kind kind, BootTime spawned,
                     FaultCounts& faults)
    : kind_(kind),
      faults_(faults),
      frames_(limits.frames_a_second, spawned),
      keys_(limits.keys_a_second, spawned),
      clicks_(limits.clicks_a_second, spawned),
      scroll_(limits.scroll_a_second, spawned),
      motion_(limits.motion_a_second, spawned),
      touch_(limits.touch_a_second, spawned),
      last_frame_ms_(milliseconds(spawned)),
      last_input_ms_(milliseconds(spawned)) {}

bool FrameGate::take_frame(BootTime now) {
  return kind_ == PluginSpec::Kind::recording || frames_.take(now, 1);
}

bool FrameGate::admit(BootTime now, v1::Observation& frame) {
  if (!has_fitting_text(frame)) {
    count(PluginFault::text);
    return false;
  }
  if (kind_ == PluginSpec::Kind::recording) return true;
  if (frame.has_mark()) {
    count(PluginFault::misplaced);
    return false;
  }
  clip_times(now, frame);
  if (frame.has_input() && !believes(now, frame.input())) {
    count(PluginFault::count);
    return false;
  }
  return true;
}

void FrameGate::clip_times(BootTime now, v1::Observation& frame) {
  last_frame_ms_ = clip(frame.boot_ms(), last_frame_ms_, milliseconds(now));
  frame.set_boot_ms(last_frame_ms_);
  frame.clear_wall_ms();
  if (!frame.has_input()) return;
  v1::InputTally& tally = *frame.mutable_input();
  last_input_ms_ = clip(tally.last_boot_ms(), last_input_ms_, last_frame_ms_);
  tally.set_last_boot_ms(last_input_ms_);
}

std::int64_t FrameGate::clip(std::int64_t at, std::int64_t earliest, std::int64_t latest) {
  // In this order, so that a plugin stamping 0 or INT64_MAX cannot make the difference overflow.
  if (at > latest) {
    if (at > latest + tolerated_ms) count(PluginFault::future);
    return latest;
  }
  if (at < earliest) {
    if (at < earliest - tolerated_ms) count(PluginFault::past);
    return std::min(earliest, latest);
  }
  return at;
}

bool FrameGate::believes(BootTime now, const v1::InputTally& tally) {
  if (tally.counts_unknown()) return true;
  return keys_.take(now, tally.keys()) && clicks_.take(now, tally.clicks()) &&
         scroll_.take(now, tally.scroll()) && motion_.take(now, tally.motion()) &&
         touch_.take(now, tally.touch());
}

std::optional<BootTime> FloodWatch::on_flood(BootTime now, int longest_seconds) {
  constexpr Duration rest = std::chrono::seconds(1);
  // Honest for a second after the last rest: the row is broken.
  seconds_ = now - resumed_ < rest ? seconds_ + 1 : 1;
  if (seconds_ > longest_seconds) return std::nullopt;
  resumed_ = now + rest;
  return resumed_;
}

}  // namespace nape::host

// SPDX-License-Identifier: Apache-2.0
//
// Frames of the plugin protocol (conventions 1 and 2 in observation.proto): the byte length of a
// message as a base-128 varint, then the message. These two know nothing of files: bytes go in,
// whole messages come out. A length above 64 KiB or a length that never ends breaks the stream for
// good: where the next frame begins is then unknowable.
#pragma once

#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nape::sdk {

constexpr std::size_t max_frame_bytes = 64 * 1024;

/// Appends `message` as one frame. False, and nothing appended, when it is longer than
/// `max_frame_bytes`.
bool append_frame(const google::protobuf::MessageLite& message, std::string& out);

class FrameReader {
 public:
  void feed(std::string_view bytes);

  /// The bytes of the next whole message, valid until the next call of feed() or next(). Nothing:
  /// more bytes are needed, or the stream is broken.
  std::optional<std::string_view> next();

  /// One sentence for people; empty while all is well.
  const std::string& error() const { return error_; }

  /// Bytes of an unfinished frame are waiting: at the end of a stream, a fault of the writer.
  bool is_mid_frame() const { return read_ < buffer_.size(); }

 private:
  std::string buffer_;
  std::size_t read_ = 0;
  std::string error_;
};

}  // namespace nape::sdk

// SPDX-License-Identifier: Apache-2.0
//
// Takes a plugin's byte stream apart into frames (conventions 1 in observation.proto): a length as
// a base-128 varint, then that many bytes. Once the stream is broken it stays so: where the next
// frame would begin cannot be known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nape::wire {

inline constexpr std::size_t longest_frame = 64 * 1024;

class FrameReader {
 public:
  enum class Fault { none, malformed, oversize };

  void feed(std::string_view bytes);

  /// The next whole frame, valid until the next call of feed() or next(); nothing when more bytes
  /// are needed or the stream is broken.
  std::optional<std::string_view> next();

  Fault fault() const { return fault_; }

  /// Forgets the whole frames that wait and keeps the beginning of the last; returns how many.
  std::size_t skip_whole_frames();

 private:
  std::string buffer_;
  std::size_t read_ = 0;
  Fault fault_ = Fault::none;
};

/// `message` with its length before it.
std::string framed(std::string_view message);

}  // namespace nape::wire

// SPDX-License-Identifier: Apache-2.0
#include "sdk/frame.hpp"

namespace nape::sdk {
namespace {

// 64 KiB needs 17 bits, so three groups of seven; a longer varint is either too long a frame or
// noise.
constexpr std::size_t max_length_bytes = 3;

struct Length {
  std::size_t bytes_used = 0;  // 0: the varint is not complete yet
  std::size_t value = 0;
};

Length decode_length(std::string_view bytes) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < bytes.size() && i < max_length_bytes; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    value |= static_cast<std::size_t>(byte & 0x7F) << (7 * i);
    if ((byte & 0x80) == 0) return {i + 1, value};
  }
  return {};
}

}  // namespace

bool append_frame(const google::protobuf::MessageLite& message, std::string& out) {
  const std::size_t size = message.ByteSizeLong();
  if (size > max_frame_bytes) return false;
  std::size_t rest = size;
  while (rest >= 0x80) {
    out.push_back(static_cast<char>((rest & 0x7F) | 0x80));
    rest >>= 7;
  }
  out.push_back(static_cast<char>(rest));
  return message.AppendToString(&out);
}

void FrameReader::feed(std::string_view bytes) {
  if (!error_.empty()) return;
  buffer_.erase(0, read_);
  read_ = 0;
  buffer_.append(bytes);
}

std::optional<std::string_view> FrameReader::next() {
  if (!error_.empty()) return std::nullopt;
  const std::string_view waiting = std::string_view(buffer_).substr(read_);
  const Length length = decode_length(waiting);
  if (length.bytes_used == 0) {
    if (waiting.size() >= max_length_bytes) {
      error_ = "This is no stream of frames: a frame's length does not end within 3 bytes.";
    }
    return std::nullopt;
  }
  if (length.value > max_frame_bytes) {
    error_ = "A frame of " + std::to_string(length.value) + " bytes is announced; at most " +
             std::to_string(max_frame_bytes) + " are allowed.";
    return std::nullopt;
  }
  if (waiting.size() - length.bytes_used < length.value) return std::nullopt;
  read_ += length.bytes_used + length.value;
  return waiting.substr(length.bytes_used, length.value);
}

}  // namespace nape::sdk

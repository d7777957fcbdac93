// SPDX-License-Identifier: Apache-2.0
#include "wire/frame_reader.hpp"

namespace nape::wire {
namespace {

struct Prefix {
  std::size_t length = 0;
  std::size_t bytes = 0;  ///< of the prefix itself; 0: not all of it is there
  bool is_malformed = false;
};

Prefix read_prefix(std::string_view from) {
  Prefix prefix;
  // Three groups of 7 bits hold the longest frame; two more are let through so that an honest but
  // too long frame is told from noise.
  constexpr std::size_t most_groups = 5;
  for (std::size_t i = 0; i < from.size() && i < most_groups; ++i) {
    const auto byte = static_cast<unsigned char>(from[i]);
    prefix.length |= std::size_t{byte & 0x7FU} << (7 * i);
    if ((byte & 0x80U) == 0) {
      prefix.bytes = i + 1;
      return prefix;
    }
  }
  prefix.is_malformed = from.size() >= most_groups;
  return prefix;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  if (fault_ != Fault::none) return;
  if (read_ == buffer_.size()) {
    buffer_.clear();
    read_ = 0;
  } else if (read_ > longest_frame) {
    buffer_.erase(0, read_);
    read_ = 0;
  }
  buffer_ += bytes;
}

std::optional<std::string_view> FrameReader::next() {
  if (fault_ != Fault::none) return std::nullopt;
  const std::string_view rest = std::string_view(buffer_).substr(read_);
  const Prefix prefix = read_prefix(rest);
  if (prefix.is_malformed) fault_ = Fault::malformed;
  if (prefix.bytes != 0 && prefix.length > longest_frame) fault_ = Fault::oversize;
  if (fault_ != Fault::none) {
    buffer_.clear();
    read_ = 0;
    return std::nullopt;
  }
  if (prefix.bytes == 0 || rest.size() < prefix.bytes + prefix.length) return std::nullopt;
  read_ += prefix.bytes + prefix.length;
  return rest.substr(prefix.bytes, prefix.length);
}

std::size_t FrameReader::skip_whole_frames() {
  std::size_t skipped = 0;
  while (next()) ++skipped;
  return skipped;
}

std::string framed(std::string_view message) {
  std::string out;
  std::size_t length = message.size();
  while (length >= 0x80) {
    out.push_back(static_cast<char>((length & 0x7F) | 0x80));
    length >>= 7;
  }
  out.push_back(static_cast<char>(length));
  out += message;
  return out;
}

}  // namespace nape::wire

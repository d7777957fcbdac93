// SPDX-License-Identifier: Apache-2.0
#include "replay/recording.hpp"

#include <array>

namespace nape::replay {

Recording::Recording(const std::string& file) : file_(file), in_(file, std::ios::binary) {}

std::optional<v1::Observation> Recording::next() {
  while (error_.empty()) {
    if (const auto message = reader_.next()) {
      v1::Observation frame;
      ++frames_;
      // An observation without a time would be taken for one of today.
      if (frame.ParseFromArray(message->data(), static_cast<int>(message->size())) &&
          frame.boot_ms() != 0) {
        return frame;
      }
      error_ = "Frame " + std::to_string(frames_) + " of the recording " + file_ +
               " is no observation with a time.";
    } else if (!reader_.error().empty()) {
      error_ = "After frame " + std::to_string(frames_) + " of the recording " + file_ +
               " comes what is no frame: " + reader_.error();
    } else if (!in_.is_open() || in_.bad()) {
      error_ = "The recording " + file_ + " cannot be read.";
    } else if (in_) {
      std::array<char, 16 * 1024> bytes;
      in_.read(bytes.data(), bytes.size());
      reader_.feed({bytes.data(), static_cast<std::size_t>(in_.gcount())});
    } else {
      break;
    }
  }
  return std::nullopt;
}

}  // namespace nape::replay

// SPDX-License-Identifier: Apache-2.0
//
// A recording on disk, read a frame at a time: the stream of observations that plugins once wrote.
// A last frame that was cut off is the end; anything else that is no frame ends it with an error.
#pragma once

#include <fstream>
#include <optional>
#include <string>

#include "nape/v1/observation.pb.h"
#include "sdk/frame.hpp"

namespace nape::replay {

class Recording {
 public:
  explicit Recording(const std::string& file);

  /// Nothing: the end, or an error.
  std::optional<v1::Observation> next();

  /// One sentence for people; empty while all is well.
  const std::string& error() const { return error_; }

 private:
  std::string file_;
  std::ifstream in_;
  sdk::FrameReader reader_;
  std::size_t frames_ = 0;
  std::string error_;
};

}  // namespace nape::replay

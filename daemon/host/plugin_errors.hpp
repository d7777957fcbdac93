// SPDX-License-Identifier: Apache-2.0
//
// A plugin's standard error cut into lines for the log. A line that never ends is cut, and what is
// too much for one second is told, so that reading can rest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "host/frame_gate.hpp"

namespace nape::host {

class ErrorLines {
 public:
  ErrorLines(double bytes_a_second, BootTime now);

  /// The lines that `bytes` completes; empty ones are left out.
  std::vector<std::string> feed(std::string_view bytes);
  /// The unfinished last line.
  std::string rest();
  /// Asked once after each feed().
  bool is_too_much(BootTime now);

 private:
  Allowance allowance_;
  std::size_t fed_ = 0;
  std::string line_;
};

}  // namespace nape::host

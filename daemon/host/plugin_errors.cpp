// SPDX-License-Identifier: Apache-2.0
#include "host/plugin_errors.hpp"

#include <utility>

namespace nape::host {
namespace {

constexpr std::size_t longest_line = 1000;

}  // namespace

ErrorLines::ErrorLines(double bytes_a_second, BootTime now) : allowance_(bytes_a_second, now) {}

std::vector<std::string> ErrorLines::feed(std::string_view bytes) {
  fed_ += bytes.size();
  std::vector<std::string> lines;
  for (const char c : bytes) {
    const bool is_end = c == '\n';
    if (!is_end) line_ += c;
    if ((is_end && !line_.empty()) || line_.size() >= longest_line) {
      lines.push_back(std::exchange(line_, {}));
    }
  }
  return lines;
}

std::string ErrorLines::rest() { return std::exchange(line_, {}); }

bool ErrorLines::is_too_much(BootTime now) {
  return !allowance_.take(now, static_cast<double>(std::exchange(fed_, 0)));
}

}  // namespace nape::host

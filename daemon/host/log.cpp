// SPDX-License-Identifier: Apache-2.0
#include "host/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

#include "core/text.hpp"

namespace nape::host {
namespace {

constexpr int lines_a_period = 10;
constexpr Duration period = std::chrono::minutes(1);
// More keys than the daemon has; a bound all the same, as a plugin's name is part of some.
constexpr std::size_t most_keys = 256;

std::string stamp(WallTime at) {
  const auto since_epoch = at.time_since_epoch();
  const auto whole = std::chrono::floor<std::chrono::seconds>(since_epoch);
  const time_t seconds = whole.count();
  tm local{};
  localtime_r(&seconds, &local);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:03} ", local, (since_epoch - whole).count());
}

}  // namespace

Log::Log(Clock& clock, int fd, Form form, Severity least)
    : clock_(clock), fd_(fd), form_(form), least_(least) {}

Log::Form Log::form_for(int fd) {
  const char* journal = std::getenv("JOURNAL_STREAM");
  struct stat opened {};
  if (journal == nullptr || fstat(fd, &opened) != 0) return Form::stamped;
  const std::string own = fmt::format("{}:{}", opened.st_dev, opened.st_ino);
  return own == journal ? Form::journal : Form::stamped;
}

void Log::write(Severity severity, std::string_view message) {
  if (severity > least_) return;
  put(severity, message, clock_.read().now.wall);
}

void Log::write_limited(Severity severity, std::string_view key, std::string_view message) {
  if (severity > least_) return;
  const Instant now = clock_.read().now;
  if (spent_.size() > most_keys) spent_.clear();
  auto found = spent_.find(key);
  if (found == spent_.end()) found = spent_.emplace(std::string(key), Spent{now.boot}).first;
  Spent& spent = found->second;
  if (now.boot - spent.since >= period) {
    if (spent.left_out > 0) {
      put(severity, fmt::format("{}: {} more lines were left out", key, spent.left_out), now.wall);
    }
    spent = Spent{now.boot};
  }
  if (spent.written >= lines_a_period) {
    ++spent.left_out;
    return;
  }
  ++spent.written;
  put(severity, message, now.wall);
}

void Log::put(Severity severity, std::string_view message, WallTime at) const {
  std::string line =
      form_ == Form::journal ? fmt::format("<{}>", static_cast<int>(severity)) : stamp(at);
  line += printable(message);
  line += '\n';
  // One write, so that lines of several processes do not mix; if it fails there is nobody to tell.
  [[maybe_unused]] const ssize_t written = ::write(fd_, line.data(), line.size());
}

std::string printable(std::string_view text, std::size_t max_bytes) {
  std::string out;
  while (!text.empty()) {
    if (out.size() >= max_bytes) return out + "...";
    const std::size_t length = utf8_length(text);
    const auto byte = static_cast<unsigned char>(text.front());
    const auto second = length == 2 ? static_cast<unsigned char>(text[1]) : 0;
    const bool is_control = byte < 0x20 || byte == 0x7F || (byte == 0xC2 && second < 0xA0);
    if (length == 0 || is_control) {
      out += fmt::format("\\x{:02x}", byte);
      text.remove_prefix(1);
    } else {
      out += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return out;
}

}  // namespace nape::host

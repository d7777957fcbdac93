// SPDX-License-Identifier: Apache-2.0
//
// The daemon's only voice: one line on standard error for each message. Under the journal a line
// carries its priority and no time (the journal has one); elsewhere a time stamp. Control
// characters are escaped, so that no plugin can forge a line or paint the terminal. Only the host
// logs; everything below it returns errors as values.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "host/clock.hpp"

namespace nape::host {

/// Numbered as in syslog.
enum class Severity { error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

class Log {
 public:
  enum class Form { journal, stamped };

  /// `fd` stays the caller's; what is less severe than `least` is not written.
  Log(Clock& clock, int fd, Form form, Severity least = Severity::info);

  /// What suits `fd`: the journal's form if it is the very stream that JOURNAL_STREAM names.
  static Form form_for(int fd);

  void write(Severity severity, std::string_view message);

  /// As write(), but at most 10 lines a minute for each key; how many were left out is said with
  /// the first line of a later minute.
  void write_limited(Severity severity, std::string_view key, std::string_view message);

 private:
  struct Spent {
    BootTime since{};
    int written = 0;
    int left_out = 0;
  };

  void put(Severity severity, std::string_view message, WallTime at) const;

  Clock& clock_;
  int fd_;
  Form form_;
  Severity least_;
  std::map<std::string, Spent, std::less<>> spent_;
};

/// `text` with control characters and bytes that are not UTF-8 as \xNN; cut at `max_bytes`.
std::string printable(std::string_view text, std::size_t max_bytes = 2000);

}  // namespace nape::host

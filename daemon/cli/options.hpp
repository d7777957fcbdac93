// SPDX-License-Identifier: Apache-2.0
//
// The command line as a plain value. Parsing reads nothing but its arguments and says what is wrong
// with all that a person can type; whether the daemon can do it is the daemon's matter.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace nape::cli {

enum class Verb {
  status,
  today,
  break_,
  pause,
  resume,
  was,
  reading,
  desk,
  why,
  plugins,
  doctor,
  record,
  open,
  replay,
  config_check,
  policy_show,
  policy_lint,
  reload,
};

enum class Format { page, waybar, i3blocks };
enum class Colour { automatic, always, never };

struct Options {
  Verb verb = Verb::status;
  Colour colour = Colour::automatic;
  bool json = false;
  /// Goes on, with each change.
  bool watch = false;
  Format format = Format::page;
  /// What the verb is told: start, postpone, skip, exit; away, reading; on, off; stand, sit.
  std::string word;
  /// A break kind; empty where none was named.
  std::string kind;
  std::optional<double> length_seconds;
  std::string day;
  bool applications = false;
  unsigned last = 20;
  /// record: where to; config check, policy show and lint, replay: what.
  std::vector<std::string> files;
  std::string policy;
  bool stop = false;
};

/// The exit codes that --help documents.
enum ExitCode : int { done = 0, refused = 1, misused = 2, not_running = 3, failed = 4 };

/// Instead of options: what to print, and how to end.
struct Ending {
  int code = done;
  std::string text;
};

std::variant<Options, Ending> parse(const std::vector<std::string>& arguments);

}  // namespace nape::cli

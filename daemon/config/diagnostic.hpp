// SPDX-License-Identifier: Apache-2.0
//
// What is wrong with a file, told so that a person can put it right without looking anything up:
// where, which key, what is wrong, what would be right. A file is read to its end and everything is
// told at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nape::config {

struct Diagnostic {
  std::string file;
  /// From 1; 0 where the file as a whole is meant.
  int line = 0;
  int column = 0;
  /// "rest.length"; empty where no single key is meant.
  std::string key;
  std::string what;
  std::string right;
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// `value` is there exactly when there are no errors; warnings never withhold it.
template <class T>
struct Loaded {
  std::optional<T> value;
  std::vector<Diagnostic> errors;
  std::vector<Diagnostic> warnings;

  explicit operator bool() const { return value.has_value(); }
};

enum class Severity { error, warning };

/// As a compiler prints it: "FILE:LINE:COLUMN: error: KEY: WHAT; RIGHT".
std::string compiler_line(const Diagnostic& diagnostic, Severity severity);

}  // namespace nape::config

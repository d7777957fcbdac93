// SPDX-License-Identifier: Apache-2.0
//
// Collects what is wrong with one file while it is read; for the .cpp files of config/ alone. It
// keeps the first hundred of each: nobody reads more, and a hostile file could make a hundred
// thousand.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "config/diagnostic.hpp"

namespace nape::config {

struct Place {
  int line = 0;
  int column = 0;
};

class Report {
 public:
  explicit Report(std::string file) : file_(std::move(file)) {}

  void error(Place place, std::string key, std::string what, std::string right) {
    add(errors_, place, std::move(key), std::move(what), std::move(right));
  }
  void warning(Place place, std::string key, std::string what, std::string right) {
    add(warnings_, place, std::move(key), std::move(what), std::move(right));
  }

  std::size_t error_count() const { return errors_.size(); }

  /// `value` with everything collected, in the order of the file.
  template <class T>
  Loaded<T> conclude(T value) && {
    Loaded<T> loaded;
    if (errors_.empty()) loaded.value = std::move(value);
    loaded.errors = sorted(std::move(errors_));
    loaded.warnings = sorted(std::move(warnings_));
    return loaded;
  }

 private:
  void add(std::vector<Diagnostic>& list, Place place, std::string key, std::string what,
           std::string right) {
    constexpr std::size_t most = 100;
    if (list.size() == most) return;
    list.push_back(
        {file_, place.line, place.column, std::move(key), std::move(what), std::move(right)});
  }

  static std::vector<Diagnostic> sorted(std::vector<Diagnostic> list) {
    std::stable_sort(list.begin(), list.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    return list;
  }

  std::string file_;
  std::vector<Diagnostic> errors_;
  std::vector<Diagnostic> warnings_;
};

}  // namespace nape::config

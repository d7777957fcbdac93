// SPDX-License-Identifier: Apache-2.0
//
// The text in which the engine survives a restart: lines of "name value". One visitor reads and
// writes, so that each part lists its fields once. Unknown names are skipped and missing ones keep
// their defaults.
#pragma once

#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/result.hpp"
#include "core/time.hpp"

namespace nape {

class Saved {
 public:
  /// Collects fields.
  static Saved writer() { return Saved(true); }
  /// Hands fields out; boot times are moved by `shift`. Refuses a text that is not "name value"
  /// lines.
  static Result<Saved> reader(std::string_view text, Duration shift);

  bool writing() const { return writing_; }
  std::string text() const;

  /// Names what follows: "rest." before "owed".
  void prefix(std::string prefix) { prefix_ = std::move(prefix); }

  template <class T>
  void field(std::string_view name, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      string(name, value);
    } else {
      std::int64_t number = to_number(value);
      if (!writing_ && !has(name)) return;
      integer(name, number);
      if (!writing_) from_number(number, value);
    }
  }

  template <class T>
  void field(std::string_view name, std::optional<T>& value) {
    if (writing_) {
      if (value) field(name, *value);
    } else if (has(name)) {
      value.emplace();
      field(name, *value);
    } else {
      value.reset();
    }
  }

 private:
  explicit Saved(bool writing) : writing_(writing) {}

  std::string full(std::string_view name) const { return prefix_ + std::string(name); }
  bool has(std::string_view name) const { return lines_.contains(full(name)); }
  void integer(std::string_view name, std::int64_t& value);
  void string(std::string_view name, std::string& value);

  template <class T>
  static std::int64_t to_number(const T& value) {
    if constexpr (std::is_same_v<T, Duration>) {
      return value.count();
    } else if constexpr (std::is_same_v<T, BootTime> || std::is_same_v<T, WallTime>) {
      return value.time_since_epoch().count();
    } else {
      return static_cast<std::int64_t>(value);
    }
  }
  template <class T>
  void from_number(std::int64_t number, T& value) const {
    if constexpr (std::is_same_v<T, Duration>) {
      value = Duration(number);
    } else if constexpr (std::is_same_v<T, BootTime>) {
      value = BootTime(Duration(number)) + shift_;
    } else if constexpr (std::is_same_v<T, WallTime>) {
      value = WallTime(Duration(number));
    } else {
      value = static_cast<T>(number);
    }
  }

  bool writing_;
  Duration shift_{};
  std::string prefix_;
  std::map<std::string, std::string, std::less<>> lines_;
};

}  // namespace nape
